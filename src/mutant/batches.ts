/** Mutants of when a batch is over, and of what comes after it. */

import { scheduleOf } from '../agent/advance-batch.js'
import { withParts } from '../agent/agent.js'
import { allSettled, resultOf } from '../agent/batch-end.js'
import { decide } from '../agent/decide.js'
import type { Batch, CallState } from '../agent/state.js'
import type { ErrorClass } from '../core/outcome.js'
import type { Mutant } from './mutant.js'

const unreadable: readonly ErrorClass[] = ['unknown-tool', 'invalid-args']

const hasFailed = (batch: Batch): boolean => batch.settled.some((call) => call.outcome !== 'ok')

/** How far it is, is still seen. */
function touchingNothing(call: CallState): CallState {
  const { resources: _resources, ...intent } = call.intent
  return Object.create(call, { intent: { value: intent } })
}

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
  {
    name: 'unknown-tool-throws',
    breaks: 'A tool that nobody has, or arguments that cannot be read, end the run at once.',
    killedBy: ['error-feedback'],
    change: (agent) =>
      withParts(agent, {
        decide: (state, rules, now) => {
          const open = state.batch?.committed === false ? state.batch.calls : []
          const isLost = open.some(({ error }) => error && unreadable.includes(error.class))
          return isLost && !state.end ? { kind: 'end', cause: 'model-failed' } : decide(state, rules, now)
        },
      }),
  },
  {
    name: 'skipped-call-unanswered',
    breaks: 'A call that was not carried out (refused, unknown, cancelled) gets no result.',
    killedBy: ['batch-atomicity'],
    change: (agent) =>
      withParts(agent, {
        resultsOf: (batch, render) =>
          batch.calls.flatMap((call) =>
            call.outcome === 'failed' && call.attempts === 0 ? [] : [resultOf(call, render)],
          ),
      }),
  },
  {
    name: 'fail-fast-batch',
    breaks:
      'The first call of a batch that is not ok ends it: the others count as cancelled, and what they gave is thrown away.',
    killedBy: ['sibling-isolation'],
    // One decision in two parts: when the batch is over, and what is left of it.
    change: (agent) =>
      withParts(agent, {
        batchDone: (batch) => allSettled(batch) || hasFailed(batch),
        resultsOf: (batch, render) =>
          batch.calls.map((call) => {
            const result = resultOf(call, render)
            if (!hasFailed(batch) || (call.phase === 'settled' && call.outcome !== 'ok')) return result
            return { ...result, outcome: 'failed', content: 'cancelled: another call of the batch failed' }
          }),
      }),
  },
  {
    name: 'ordering-ignored',
    breaks: 'What calls of a batch depend on, and what they touch, counts for nothing: all start at once.',
    killedBy: ['causal-order'],
    change: (agent) => withParts(agent, { scheduleOf: () => () => 'ready' }),
  },
  {
    name: 'resources-forgotten',
    breaks: 'What calls of a batch touch counts for nothing: two that change one thing run at the same time.',
    killedBy: ['serial-equivalence'],
    change: (agent) =>
      withParts(agent, {
        scheduleOf: (batch) => scheduleOf({ ...batch, calls: batch.calls.map(touchingNothing) }),
      }),
  },
  {
    name: 'failed-call-awaited',
    breaks: 'A batch with a call that failed is waited for, as if that call were still to come.',
    killedBy: ['run-liveness'],
    change: (agent) =>
      withParts(agent, {
        decide: (state, rules, now) => {
          const action = decide(state, rules, now)
          const isLost = action.kind === 'commit-batch' && state.batch !== undefined && hasFailed(state.batch)
          return isLost ? { kind: 'wait' } : action
        },
      }),
  },
]
