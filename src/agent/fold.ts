/** The fold of the durable log: one handler an event type, each in constant time. */

import { StormproofError } from '../core/error.js'
import type { LogEvent, LogEvents } from '../core/event.js'
import type { Outcome } from '../core/outcome.js'
import { approvalHandlers, resumeApprovals } from './approval/approval.js'
import { commitBatch } from './batch-end.js'
import { contextHandlers, noteModelCall, openContext } from './context/context-state.js'
import { countEnd, moveBreaker, startedUnder } from './layer/breaker.js'
import { rateHandlers, rebaseWindows } from './limits/rate-limit.js'
import { budgetHandlers, openSpending } from './limits/spending.js'
import { giveMessage, showMessages } from './message.js'
import type { Rules } from './parts.js'
import { noteResult, noteStart, type Settled } from './result-cache.js'
import { endCompensation, registerStep, startCompensation, waitingStep } from './saga.js'
import { begin, CallState, type Operation, type RunState } from './state.js'
import { teamHandlers } from './team/delegate.js'
import { endWaiting, outsideHandlers } from './wait.js'

/** Takes one acknowledged event into the state. */
export function fold(state: RunState, event: LogEvent, rules: Rules): void {
  const handler = handlers[event.type] as ((state: RunState, event: LogEvent, rules: Rules) => void) | undefined
  if (!handler) {
    throw new StormproofError('config', `the log has an event that this version does not know: ${event.type}`, {
      remedy: 'run the session with the version that wrote it, or a later one',
    })
  }
  handler(state, event, rules)
}

type Handlers = { [K in keyof LogEvents]: (state: RunState, event: LogEvents[K], rules: Rules) => void }

const handlers: Handlers = {
  ...contextHandlers,
  ...rateHandlers,
  ...budgetHandlers,
  ...outsideHandlers,
  ...approvalHandlers,
  ...teamHandlers,
  'run-start': (state, event, rules) => {
    openContext(state, rules)
    openSpending(state, rules)
    state.start = event
    state.present = true
    state.startedAt = event.at
    state.deadline = event.at + event.limits.timeMs
    state.messages.push({ role: 'system', text: event.instructions }, ...(event.history ?? []))
    state.messages.push({ role: 'user', text: event.prompt })
  },
  'run-resume': (state, event) => {
    state.present = true
    endWaiting(state, event.at)
    rebaseClock(state, event.at)
    resumeApprovals(state, event.at)
    orphan(state.model)
    for (const call of state.batch?.calls ?? []) orphan(call)
    for (const step of state.saga.steps) orphan(step)
  },
  'run-end': (state, event) => {
    state.end = event
  },
  'model-call-start': (state, event) => {
    const { model } = state
    model.answer = undefined
    if (model.turn !== event.turn) state.batch = undefined
    model.turn = event.turn
    begin(model, event.attempt)
  },
  'model-call-end': (state, event, rules) => {
    const { model } = state
    model.phase = event.outcome === 'ok' ? 'settled' : 'ended'
    model.error = event.error
    model.stop = event.stop
    state.tokens += event.usage.inputTokens + event.usage.outputTokens
    noteModelCall(state, event)
    if (event.outcome !== 'ok') return
    model.answer = { text: event.text, calls: event.calls }
    showMessages(state, rules)
  },
  'message-given': (state, { text }, rules) => giveMessage(state, text, rules),
  'batch-open': (state, event) => openBatch(state, event),
  'call-rejected': (state, event, rules) => settle(state, { ...event, outcome: 'failed' }, rules),
  'attempt-start': (state, event, rules) => {
    const call = callOf(state, event.call)
    begin(call, event.attempt)
    startedUnder(state, call, rules, event.generation)
    noteStart(state, call, rules)
  },
  'attempt-end': (state, event, rules) => {
    const call = callOf(state, event.call)
    call.phase = 'ended'
    call.last = outcomeIn(event)
    if (event.outcome === 'unknown') call.unresolved.push(event.attempt)
    countEnd(state, call, rules, 'attempt', call.last)
  },
  'call-settled': settle,
  'call-reconciled': (state, event) => {
    const call = callOf(state, event.call)
    if (event.answer === 'applied') call.applied = true
    if (event.answer === 'not-applied') call.unresolved.length = 0
  },
  'cancel-requested': (state, _event, { parts }) => parts.stopHere(state),
  'late-result': (state, event, { parts }) => {
    if (event.outcome === 'ok') state.lateValues++
    parts.takeLate(state, callOf(state, event.call), event)
  },
  'retry-scheduled': (state, event) => {
    const operation = waitingStep(state, event.op) ?? state.calls.get(event.op) ?? state.model
    operation.phase = 'ready'
    operation.wait = { until: event.at + event.delayMs, delayMs: event.delayMs }
  },
  'breaker-moved': moveBreaker,
  'guard-verdict': (state, { guard, subject, verdict }, { parts }) => {
    if (guard === 'input' || guard === 'anomaly') return
    state.vetted.set(subject, parts.letsThrough(verdict) && state.vetted.get(subject) !== false)
  },
  'batch-commit': (state, event, rules) => {
    commitBatch(state, event, rules)
    showMessages(state, rules)
  },
  'saga-open': (state) => {
    state.saga.status = 'open'
  },
  'saga-step-registered': (state, event) => registerStep(state, event, callOf(state, event.call)),
  'saga-abort': (state, event) => {
    state.saga.status = 'aborted'
    state.saga.cause = event.cause
  },
  'compensation-start': startCompensation,
  'compensation-end': endCompensation,
  'saga-end': (state) => {
    state.saga.status = 'ended'
  },
}

function openBatch(state: RunState, event: LogEvents['batch-open']): void {
  const proposals = state.model.answer?.calls ?? []
  const calls = event.calls.map((intent, index): CallState => {
    const proposed = proposals[index] ?? { id: intent.id, tool: intent.tool, arguments: intent.proposed }
    const call = new CallState(intent, proposed, event.turn)
    state.calls.set(intent.call, call)
    state.ids.add(intent.id)
    if (intent.reissueOf !== undefined) callOf(state, intent.reissueOf).superseded = true
    return call
  })
  state.batch = { turn: event.turn, calls, settled: [], committed: false }
}

/** A call that carried an earlier call's key tells what became of both, or gives the earlier one free again. */
function release(state: RunState, call: CallState): void {
  if (call.intent.reissueOf === undefined) return
  const earlier = callOf(state, call.intent.reissueOf)
  if (call.outcome === 'ok') earlier.applied = true
  else earlier.superseded = false
}

/** A call that was rejected settled as one that failed. */
function settle(state: RunState, event: Settled, rules: Rules): void {
  const call = callOf(state, event.call)
  if (call.last) countEnd(state, call, rules, 'call', call.last)
  call.phase = 'settled'
  call.wait = undefined
  if (state.batch?.turn === call.turn) state.batch.settled.push(call)
  call.outcome = event.outcome
  call.value = event.value
  call.error = event.error
  call.note = event.note
  if (event.outcome === 'unknown') state.ambiguous.push(call)
  else release(state, call)
  noteResult(state, call, event)
}

function orphan(operation: Operation): void {
  if (operation.phase === 'running') operation.phase = 'orphaned'
}

/** A monotonic clock may start anew with the machine: time already spent is then forgotten, never made negative. */
function rebaseClock(state: RunState, now: number): void {
  if (now < state.startedAt) {
    state.startedAt = now
    state.deadline = now + (state.start?.limits.timeMs ?? 0)
  }
  rebaseWindows(state, now)
  for (const [key, breaker] of state.breakers) {
    if (now < breaker.openedAt) state.breakers.set(key, { ...breaker, openedAt: now })
  }
}

function outcomeIn(event: LogEvents['attempt-end']): Outcome {
  if (event.outcome === 'ok' || !event.error) return { kind: 'ok', value: event.value }
  return { kind: event.outcome, error: event.error }
}

function callOf(state: RunState, path: string): CallState {
  const call = state.calls.get(path)
  if (!call) throw new StormproofError('internal', `the log speaks of ${path} before its batch was opened`)
  return call
}
