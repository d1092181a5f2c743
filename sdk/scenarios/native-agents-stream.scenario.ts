import { scriptedModel } from 'stormproof/adapter/openai-agents'
import { openaiAgentsStream } from '../agents/openai-agents-stream.ts'
import { orderScenario } from './order.ts'

export default orderScenario('native-agents-stream', (prompt) => openaiAgentsStream(prompt, scriptedModel()), {
  breaks: ['error-feedback', 'run-liveness', 'tool-pairing', 'outcome-truth'],
})
