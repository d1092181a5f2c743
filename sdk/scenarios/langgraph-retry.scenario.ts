import { langgraphRetry } from '../agents/langgraph-retry.ts'
import { orderScenario } from './order.ts'

export default orderScenario('langgraph-retry', langgraphRetry)
