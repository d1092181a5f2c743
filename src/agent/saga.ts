/** The saga of a run: which steps must be undone, in which order, how far each was, and what remains when it cannot be. */

import type { LogEvent, LogEvents, RunStatus } from '../core/event.js'
import type { Work } from './layer/layer.js'
import { begin, type CallState, effectOf, type RunEnd, type RunState, type SagaStep, unresolvedCalls } from './state.js'
import { changesWorld } from './tool.js'

export type StepMoment = 'before-attempt' | 'after-ok'

/** Before its first attempt: a step whose outcome stays unknown must be known to have begun. */
export const registersAt = (moment: StepMoment): boolean => moment === 'before-attempt'

/** The events that register a call as a step of the saga, once. */
export function registration({ run, call, tool }: Work, moment: StepMoment): readonly LogEvent[] {
  if (!run.agent.saga || !changesWorld(tool) || !run.parts.registersAt(moment)) return []
  const { saga } = run.state
  if (saga.steps.some((step) => step.call === call)) return []
  const step = { step: saga.steps.length + 1, call: call.intent.call, tool: tool.name }
  const registered: LogEvent = { type: 'saga-step-registered', ...step, compensation: tool.compensate !== undefined }
  if (saga.status !== 'none') return [registered]
  // A saga is named for its run: there is one.
  return [{ type: 'saga-open', saga: `${run.session}/saga` }, registered]
}

/** The steps that happened or may have. A call that carried an earlier step's key is that step again. */
export function doneSteps(state: RunState): readonly SagaStep[] {
  const { steps } = state.saga
  const isRepeated = (call: CallState): boolean => steps.some((step) => step.call.intent.call === call.intent.reissueOf)
  return steps.filter(({ call }) => effectOf(call) !== 'none' && !isRepeated(call))
}

/** The last step not yet undone that can be. One that was given up does not stop the others. */
export function nextUndo(state: RunState): SagaStep | undefined {
  return doneSteps(state).findLast((step) => step.compensation && step.undone === 'no')
}

/** The calls whose effect remains, or may. */
export const residueOf = (state: RunState): readonly string[] =>
  doneSteps(state).flatMap(({ undone, call }) => (undone === 'yes' ? [] : [call.intent.call]))

/** The path of a compensation: what its context, its retries and its effects are filed under. */
export const undoPath = (call: string): string => `${call}.undo`

export function registerStep(state: RunState, event: LogEvents['saga-step-registered'], call: CallState): void {
  const { step, compensation } = event
  state.saga.steps.push({ step, call, compensation, attempts: 0, phase: 'ready', wait: undefined, undone: 'no' })
}

export function startCompensation(state: RunState, event: LogEvents['compensation-start']): void {
  const step = stepOf(state, event.step)
  if (step) begin(step, event.attempt)
}

/** A compensation that ended otherwise than ok was given up, unless a retry is scheduled beside it. */
export function endCompensation(state: RunState, event: LogEvents['compensation-end']): void {
  const step = stepOf(state, event.step)
  if (!step) return
  step.phase = 'settled'
  step.undone = event.outcome === 'ok' ? 'yes' : 'gave-up'
}

/** The step whose compensation waits under that path; it is then not given up. */
export function waitingStep(state: RunState, operation: string): SagaStep | undefined {
  if (!operation.endsWith('.undo')) return undefined
  const step = state.saga.steps.find((candidate) => undoPath(candidate.call.intent.call) === operation)
  if (step) step.undone = 'no'
  return step
}

const stepOf = (state: RunState, step: number): SagaStep | undefined =>
  state.saga.steps.find((candidate) => candidate.step === step)

/** `cause` is `stop` for the model's natural stop, else why the run had to end. */
export function conclude(state: RunState, cause: string): RunEnd {
  const text = state.model.answer?.text ?? ''
  if (state.saga.status === 'aborted') {
    const residue = residueOf(state)
    if (residue.length > 0) return { status: 'needs-intervention', reason: 'saga-residue', text, residue }
    return { status: statusFor(cause), reason: undoneReason(cause), text, residue }
  }
  const residue = unresolvedCalls(state).map((call) => call.intent.call)
  if (cause !== 'stop' && cause !== 'hand-off') return { status: statusFor(cause), reason: cause, text, residue }
  if (residue.length > 0) return { status: 'needs-intervention', reason: 'unresolved-effects', text, residue }
  return { status: 'completed', reason: cause, text, residue }
}

const statusFor = (cause: string): RunStatus =>
  cause === 'deadline' ? 'timed-out' : cause === 'cancelled' ? 'cancelled' : 'failed'

/** An outside bound stays visible in the reason; what went wrong inside the saga is told by its name. */
const undoneReason = (cause: string): string =>
  cause === 'unknown-outcome' || cause === 'step-failed' ? 'saga-compensated' : cause
