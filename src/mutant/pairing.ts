/** Mutants of how a batch is put into the conversation. */

import { withParts } from '../agent/agent.js'
import { messagesOf, resultOf } from '../agent/batch-end.js'
import type { Committed } from '../core/event.js'
import type { Mutant } from './mutant.js'

/** As many characters of a provider's id as the broken transport keeps. */
const keptOfId = 8

export const pairingMutants: readonly Mutant[] = [
  {
    name: 'batch-rendered-apart',
    breaks: 'Each call of a batch and each result is rendered as a message of its own, the calls first.',
    killedBy: ['tool-pairing'],
    change: (agent) =>
      withParts(agent, {
        messagesOf: (calls, text, results) => {
          const pairs = calls.map((call, index) => messagesOf([call], text, results.slice(index, index + 1)))
          return [...pairs.map(([proposal]) => proposal!), ...pairs.map(([, answer]) => answer!)]
        },
      }),
  },
  {
    name: 'completion-order-results',
    breaks: 'The results of a batch are committed in the order in which its calls completed.',
    killedBy: ['result-order'],
    change: (agent) =>
      withParts(agent, { resultsOf: (batch, render) => batch.settled.map((call) => resultOf(call, render)) }),
  },
  {
    name: 'results-keyed-by-foreign-id',
    breaks:
      'Results are kept under the id of the provider, as far as the transport keeps it: equal ids share one result.',
    killedBy: ['result-identity'],
    change: (agent) =>
      withParts(agent, {
        resultsOf: (batch, render) => {
          const keyOf = (id: string): string => id.slice(0, keptOfId)
          const byId = new Map(batch.calls.map((call) => [keyOf(call.proposed.id), resultOf(call, render)]))
          return batch.calls.map((call): Committed => {
            const { content, outcome } = byId.get(keyOf(call.proposed.id))!
            return { call: call.intent.call, id: call.intent.id, tool: call.intent.tool, outcome, content }
          })
        },
      }),
  },
]
