import { anthropicStream } from '../agents/anthropic-stream.ts'
import { orderScenario } from './order.ts'

/** Arguments that are no JSON end its run, and a stream kept open by pings is waited for. */
export default orderScenario('anthropic-stream', anthropicStream, { breaks: ['error-feedback', 'run-liveness'] })
