/** Mutants of what sessions share that each must have for itself. */

import { withParts } from '../agent/agent.js'
import { resultsInCallOrder } from '../agent/batch-end.js'
import { decide } from '../agent/decide.js'
import type { ResultCache } from '../agent/result-cache.js'
import type { Mutant } from './mutant.js'

export const isolationMutants: readonly Mutant[] = [
  {
    name: 'module-level-session',
    breaks:
      'Results are kept in the module, by call: the second session to get to a call is shown what the first one got.',
    killedBy: ['session-isolation'],
    change: (agent) => {
      const results = new Map<string, string>()
      return withParts(agent, {
        resultsOf: (batch, render) =>
          resultsInCallOrder(batch, render).map((result) => {
            const content = results.get(result.call) ?? result.content
            results.set(result.call, content)
            return { ...result, content }
          }),
      })
    },
  },
  {
    name: 'cache-key-args-only',
    breaks:
      'The cache is one for all sessions and knows a result by tool and arguments alone: no session, and no write empties it.',
    killedBy: ['cache-freshness', 'cache-scope'],
    change: (agent) => {
      const entries: ResultCache['entries'] = new Hoard()
      return withParts(agent, {
        decide: (state, rules, now) => {
          if (state.cache.entries !== entries) Object.assign(state, { cache: { ...state.cache, entries } })
          return decide(state, rules, now)
        },
      })
    },
  },
]

/** What is in it stays in it. */
class Hoard<K, V> extends Map<K, V> {
  override delete(): boolean {
    return false
  }
}
