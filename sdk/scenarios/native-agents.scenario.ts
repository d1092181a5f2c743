import { scriptedModel } from 'stormproof/adapter/openai-agents'
import { openaiAgents } from '../agents/openai-agents.ts'
import { orderScenario } from './order.ts'

/** A tool that the model made up ends its run. */
export default orderScenario('native-agents', (prompt) => openaiAgents(prompt, scriptedModel()), {
  breaks: ['error-feedback'],
})
