import { nodeHttpAgent } from '../agents/node-http.ts'
import { orderScenario } from './order.ts'

export default orderScenario('node-http', nodeHttpAgent)
