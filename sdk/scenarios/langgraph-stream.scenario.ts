import { langgraphStream } from '../agents/langgraph-stream.ts'
import { orderScenario } from './order.ts'

export default orderScenario('langgraph-stream', langgraphStream, {
  breaks: ['run-liveness', 'tool-pairing', 'the receipt is whole'],
})
