/** What is declared about a tool, for checks that must know whether it is safe to try again. */

import type { Facts, ToolFacts } from '../core/history.js'

/** The declaration of a tool; undefined for names that the agent does not have. */
export function toolFacts(facts: Facts, name: string): ToolFacts | undefined {
  for (const tool of facts.tools) if (tool.name === name) return tool
  return undefined
}

/** True when doing it twice may do it twice: nothing ties two tries together. */
export const isDoubtful = (tool: ToolFacts): boolean => tool.effect !== 'read' && tool.idempotency === 'none'
