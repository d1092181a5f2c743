import { mcpAgent } from '../agents/mcp.ts'
import { orderScenario } from './order.ts'

export default orderScenario('mcp', mcpAgent)
