import { langgraphReact } from '../agents/langgraph-react.ts'
import { orderScenario } from './order.ts'

/** Two calls under one id are one to it. */
export default orderScenario('langgraph-react', langgraphReact, { breaks: ['tool-pairing'] })
