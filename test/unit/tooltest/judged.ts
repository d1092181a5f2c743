/** A card for a tool, and what it says of one clause. */

import { type ClauseName, type ClauseOnCard, checkTool, type ToolOptions } from '../../../src/tool.js'

/** `kept`, `broken`, or why nobody judged it. */
export async function judged(tool: any, clause: ClauseName, options: ToolOptions<any, any> = {}): Promise<string> {
  const card = await checkTool<any, any>(tool, { cases: 400, ...options })
  return inOneWord(card.clauses[clause])
}

function inOneWord({ verdict, told }: ClauseOnCard): string {
  return verdict === 'valid' ? 'kept' : verdict === 'invalid' ? 'broken' : told
}
