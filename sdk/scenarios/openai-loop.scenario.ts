import { openaiLoop } from '../agents/openai-loop.ts'
import { orderScenario } from './order.ts'

export default orderScenario('openai-loop', openaiLoop)
