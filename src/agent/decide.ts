/** What must happen now: a pure function of the state, the agent and the time. */

import { handedOff } from './built-in.js'
import { isVetted } from './guard/vet.js'
import type { Rules } from './parts.js'
import { maxCorrections, maxRepeats } from './policy.js'
import { effectOf, type ModelTurn, type RunState, type SagaStep } from './state.js'

/** The one union of what a run can have to do next. */
export type Action =
  /** Write `run-start` into an empty log. */
  | { readonly kind: 'start' }
  /** Write `run-resume` into a log that an earlier incarnation left. */
  | { readonly kind: 'resume' }
  | { readonly kind: 'call-model'; readonly turn: number; readonly attempt: number; readonly offersTools: boolean }
  /** Run the calls of the open batch that are not settled. */
  | { readonly kind: 'advance-batch' }
  | { readonly kind: 'commit-batch' }
  /** Ask the guards about the last word. */
  | { readonly kind: 'vet-answer' }
  /** Nothing can go on before something comes from outside: the run's promise ends. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'abort-saga'; readonly cause: string }
  | { readonly kind: 'compensate'; readonly step: SagaStep }
  | { readonly kind: 'end'; readonly cause: string }
  /** Nothing: the log has its `run-end`. */
  | { readonly kind: 'return' }

export function decide(state: RunState, rules: Rules, now: number): Action {
  if (state.end) return { kind: 'return' }
  if (!state.start) return { kind: 'start' }
  if (!state.present) return { kind: 'resume' }
  if (state.waiting) return { kind: 'wait' }
  if (state.saga.status === 'aborted') return undoNext(state, rules)
  if (state.batch && !state.batch.committed) {
    return { kind: rules.parts.batchDone(state.batch) ? 'commit-batch' : 'advance-batch' }
  }
  const cause = badEnd(state, rules, now)
  if (cause !== undefined) return leave(state, cause)
  const { model } = state
  if ((model.answer && !state.batch) || handedOff(state, rules.agent)) return stop(state, rules)
  if (model.phase !== 'settled') return askModel(state, rules, model.turn, model.attempts + 1)
  return askModel(state, rules, model.turn + 1, 1)
}

/** Why the run must end although the model has not stopped; undefined when it need not. */
function badEnd(state: RunState, { agent, parts }: Rules, now: number): string | undefined {
  const isOver = hasStopped(state) || handedOff(state, agent) !== undefined
  if (state.cancelled && !isOver) return 'cancelled'
  if (state.saga.steps.some((step) => effectOf(step.call) === 'unknown')) return 'unknown-outcome'
  if (isOver) return undefined
  if (now >= state.deadline) return 'deadline'
  if (state.context?.isExhausted) return 'context-exhausted'
  if (state.model.phase === 'ended') return modelFailure(state.model)
  for (const failures of state.failures.values()) if (failures > maxCorrections) return 'max-corrections'
  if (state.mostRepeats >= maxRepeats) return 'repeated-calls'
  const { tokens = Number.POSITIVE_INFINITY } = agent.limits
  if (parts.isSpent(state, agent) || state.tokens >= tokens) return 'budget-exhausted'
  return undefined
}

const hasStopped = (state: RunState): boolean => state.model.answer?.calls.length === 0

/** The model gave its last word: a natural stop, unless it still wanted tools that its last turn did not offer. */
function stop(state: RunState, { agent }: Rules): Action {
  const isHandOff = handedOff(state, agent) !== undefined
  if (!isHandOff && !hasStopped(state)) return leave(state, 'max-turns')
  if (agent.saga && state.failedWrites.size > 0) return leave(state, 'step-failed')
  const isPassed = isHandOff || isVetted(state, agent)
  if (isPassed === undefined) return { kind: 'vet-answer' }
  return isPassed ? { kind: 'end', cause: isHandOff ? 'hand-off' : 'stop' } : leave(state, 'guard-blocked')
}

function askModel(state: RunState, { agent, parts }: Rules, turn: number, attempt: number): Action {
  const budget = parts.turnBudget(agent.limits)
  if (turn > budget) return leave(state, 'max-turns')
  return { kind: 'call-model', turn, attempt, offersTools: turn < budget }
}

const leave = (state: RunState, cause: string): Action =>
  state.saga.status === 'open' ? { kind: 'abort-saga', cause } : { kind: 'end', cause }

function undoNext(state: RunState, { parts }: Rules): Action {
  const step = parts.nextUndo(state)
  return step ? { kind: 'compensate', step } : { kind: 'end', cause: state.saga.cause }
}

/** The stop reason of an answer that cannot be used says more than its error class. */
function modelFailure({ error, stop }: ModelTurn): string {
  if (error?.class === 'context-length') return 'context-exhausted'
  if (stop === 'length') return 'truncated'
  return stop === 'content-filter' || stop === 'refusal' ? stop : 'model-failed'
}
