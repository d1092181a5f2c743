import { openaiLenient } from '../agents/openai-lenient.ts'
import { orderScenario } from './order.ts'

export default orderScenario('openai-lenient', openaiLenient, {
  breaks: ['run-liveness', 'tool-pairing', 'outcome-truth', 'the receipt is whole'],
})
