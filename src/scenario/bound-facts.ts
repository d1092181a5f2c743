/** What an agent declares of its rate limits, breakers and budgets, as far as one session's history can show that they hold. */

import type { Agent } from '../agent/agent.js'
import type { AnyTool } from '../agent/tool.js'
import type { BoundFacts, ToolFacts } from '../core/history.js'

/** A limit that all sessions share is no promise of one alone. */
export function toolBounds(tool: AnyTool): Pick<ToolFacts, 'rateLimitPerMinute' | 'dependency' | 'cached'> {
  const { rateLimitPerMinute, dependency, cacheMs } = tool
  return {
    ...(typeof rateLimitPerMinute === 'number' ? { rateLimitPerMinute } : {}),
    ...(dependency === undefined ? {} : { dependency }),
    ...(cacheMs === undefined ? {} : { cached: true }),
  }
}

export function boundFacts({ breaker, budget }: Agent<unknown>): BoundFacts {
  const isOwn = !breaker.shared && breaker.countUnit !== 'call'
  return { ...(isOwn ? { breaker } : {}), ...(budget ? { budget } : {}) }
}
