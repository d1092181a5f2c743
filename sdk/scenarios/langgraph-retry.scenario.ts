import { langgraphRetry } from '../agents/langgraph-retry.ts'
import { orderScenario } from './order.ts'

/** Two calls under one id are one to it, and a tool that the model made up ends its run. */
export default orderScenario('langgraph-retry', langgraphRetry, { breaks: ['tool-pairing', 'error-feedback'] })
