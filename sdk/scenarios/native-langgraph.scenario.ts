import { langgraphReact } from '../agents/langgraph-react.ts'
import { chatModel } from '../native/chat-model.ts'
import { orderScenario } from './order.ts'

/** Two calls under one id are one to it. */
export default orderScenario('native-langgraph', (prompt) => langgraphReact(prompt, chatModel()), {
  breaks: ['tool-pairing'],
})
