import { langgraphStream } from '../agents/langgraph-stream.ts'
import { chatModel } from '../native/chat-model.ts'
import { orderScenario } from './order.ts'

export default orderScenario('native-langgraph-stream', (prompt) => langgraphStream(prompt, chatModel()), {
  breaks: ['run-liveness', 'tool-pairing', 'the receipt is whole'],
})
