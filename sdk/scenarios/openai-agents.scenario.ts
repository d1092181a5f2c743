import { openaiAgents } from '../agents/openai-agents.ts'
import { orderScenario } from './order.ts'

/** A tool that the model made up ends its run. */
export default orderScenario('openai-agents', openaiAgents, { breaks: ['error-feedback'] })
