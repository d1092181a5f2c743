import { openaiStream } from '../agents/openai-stream.ts'
import { orderScenario } from './order.ts'

export default orderScenario('openai-stream', openaiStream, {
  breaks: ['run-liveness', 'tool-pairing', 'outcome-truth'],
})
