import { anthropicStream } from '../agents/anthropic-stream.ts'
import { orderScenario } from './order.ts'

export default orderScenario('anthropic-stream', anthropicStream, { breaks: ['run-liveness'] })
