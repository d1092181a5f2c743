import { openaiAgentsStream } from '../agents/openai-agents-stream.ts'
import { orderScenario } from './order.ts'

export default orderScenario('openai-agents-stream', openaiAgentsStream, { breaks: ['run-liveness'] })
