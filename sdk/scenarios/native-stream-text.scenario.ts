import { scriptedLanguageModel } from 'stormproof/adapter/ai-sdk'
import { streamTextAgent } from '../agents/stream-text.ts'
import { orderScenario } from './order.ts'

export default orderScenario('native-stream-text', (prompt) => streamTextAgent(prompt, scriptedLanguageModel()), {
  breaks: ['run-liveness', 'tool-pairing'],
})
