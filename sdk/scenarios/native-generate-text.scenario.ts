import { scriptedLanguageModel } from 'stormproof/adapter/ai-sdk'
import { generateTextAgent } from '../agents/generate-text.ts'
import { orderScenario } from './order.ts'

export default orderScenario('native-generate-text', (prompt) => generateTextAgent(prompt, scriptedLanguageModel()))
