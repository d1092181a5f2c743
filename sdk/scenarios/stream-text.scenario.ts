import { streamTextAgent } from '../agents/stream-text.ts'
import { orderScenario } from './order.ts'

export default orderScenario('stream-text', streamTextAgent, { breaks: ['run-liveness'] })
