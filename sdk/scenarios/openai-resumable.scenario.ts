import { resumedScenario } from './resumed.ts'

export default resumedScenario('openai-resumable', () => undefined)
