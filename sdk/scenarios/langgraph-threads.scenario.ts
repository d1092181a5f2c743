import { threadScenario } from './threads.ts'

export default threadScenario('langgraph-threads', (session) => session)
