import { langgraphReact } from '../agents/langgraph-react.ts'
import { chatModel } from '../native/chat-model.ts'
import { orderScenario } from './order.ts'

export default orderScenario('native-langgraph', (prompt) => langgraphReact(prompt, chatModel()))
