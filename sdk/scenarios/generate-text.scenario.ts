import { generateTextAgent } from '../agents/generate-text.ts'
import { orderScenario } from './order.ts'

export default orderScenario('generate-text', generateTextAgent)
