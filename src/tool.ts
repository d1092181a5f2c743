/** `stormproof/tool`: property-tests one's own tools. */

export type { ClauseOnCard, Suggestion, ToolCard } from './tooltest/card.js'
export { cardText } from './tooltest/card-text.js'
export { checkTool } from './tooltest/check-tool.js'
export type { ClauseName } from './tooltest/clause/clause.js'
export type { Facts as ToolFacts } from './tooltest/facts.js'
export type { ToolOptions } from './tooltest/options.js'
export { type McpClient, type McpTool, mcpTools } from './tooltest/take/mcp.js'
