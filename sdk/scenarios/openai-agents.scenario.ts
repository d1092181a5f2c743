import { openaiAgents } from '../agents/openai-agents.ts'
import { orderScenario } from './order.ts'

export default orderScenario('openai-agents', openaiAgents)
