/** Mutants of when a batch is over, and of what comes after it. */

import { withParts } from '../agent/agent.js'
import { allSettled, resultOf } from '../agent/batch-end.js'
import { decide } from '../agent/decide.js'
import type { Batch } from '../agent/state.js'
import type { Mutant } from './mutant.js'

const hasFailed = (batch: Batch): boolean => batch.settled.some((call) => call.outcome !== 'ok')

export const batchMutants: readonly Mutant[] = [
  {
    name: 'commit-per-result',
    breaks: 'A batch is committed with its first results, and the model is asked again while its other calls run.',
    killedBy: ['batch-atomicity', 'causal-order'],
    // One decision in two parts: a batch that is over early has fewer results.
    change: (agent) =>
      withParts(agent, {
        batchDone: (batch) => batch.settled.length > 0,
        resultsOf: (batch, render) => batch.settled.map((call) => resultOf(call, render)),
      }),
  },
  {
    name: 'late-result-into-context',
    breaks: 'A result that arrives after its call was settled is appended to the conversation, wherever that stands.',
    killedBy: ['late-result-disposition'],
    change: (agent) =>
      withParts(agent, {
        takeLate: (state, call, event) => {
          state.messages.push({ role: 'user', text: `${call.intent.tool}: ${JSON.stringify(event.value)}` })
        },
      }),
  },
  {
    name: 'no-drain-on-error',
    breaks: 'The first call of a batch that is not ok ends the run, while the others still run.',
    killedBy: ['quiescence'],
    // One decision in two parts: who leaves a batch, and what the run does then.
    change: (agent) =>
      withParts(agent, {
        batchDone: (batch) => allSettled(batch) || hasFailed(batch),
        decide: (state, rules, now) => {
          const action = decide(state, rules, now)
          const isLost = action.kind === 'commit-batch' && state.batch !== undefined && hasFailed(state.batch)
          return isLost ? { kind: 'end', cause: 'call-failed' } : action
        },
      }),
  },
]
