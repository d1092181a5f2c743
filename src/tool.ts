/** `stormproof/tool`: property-tests one's own tools. */

import { painter } from '../reporters/console/paint.js'
import { toolCardLines } from '../reporters/console/tool-card.js'
import type { ToolCard } from './tooltest/card.js'
import { toolRecordOf } from './tooltest/card-record.js'

export type { ClauseOnCard, Suggestion, ToolCard } from './tooltest/card.js'
export { checkTool } from './tooltest/check-tool.js'
export type { ClauseName } from './tooltest/clause/clause.js'
export type { Facts as ToolFacts } from './tooltest/facts.js'
export type { ToolOptions } from './tooltest/options.js'
export { type McpClient, type McpTool, mcpTools } from './tooltest/take/mcp.js'

/** The card as lines, without colour. `width`: where they are broken, in columns; by default nowhere. Equal cards, equal lines. */
export const cardText = (card: ToolCard, width: number = Number.MAX_SAFE_INTEGER): readonly string[] =>
  toolCardLines(toolRecordOf(card), { name: card.name, seed: String(card.seed), width }, painter(false))
