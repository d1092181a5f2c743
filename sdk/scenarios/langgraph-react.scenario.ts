import { langgraphReact } from '../agents/langgraph-react.ts'
import { orderScenario } from './order.ts'

export default orderScenario('langgraph-react', langgraphReact)
