import { scriptedModel } from 'stormproof/adapter/openai-agents'
import { openaiAgents } from '../agents/openai-agents.ts'
import { orderScenario } from './order.ts'

export default orderScenario('native-agents', (prompt) => openaiAgents(prompt, scriptedModel()))
