import { openaiAgentsStream } from '../agents/openai-agents-stream.ts'
import { orderScenario } from './order.ts'

/** A tool that the model made up ends its run, and a stream kept open by pings is waited for. */
export default orderScenario('openai-agents-stream', openaiAgentsStream, { breaks: ['error-feedback', 'run-liveness'] })
