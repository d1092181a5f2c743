import { anthropicLoop } from '../agents/anthropic-loop.ts'
import { orderScenario } from './order.ts'

export default orderScenario('anthropic-loop', anthropicLoop)
