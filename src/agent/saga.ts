/** The saga of a run: which steps must be undone, in which order, and what remains when they cannot be. */

import type { LogEvent } from '../core/event.js'
import type { Rules } from './parts.js'
import { type CallState, effectOf, type RunState, type SagaStep } from './state.js'
import { type AnyTool, changesWorld } from './tool.js'

/** A saga is named for its run: there is one. */
const sagaName = (session: string): string => `${session}/saga`

export type StepMoment = 'before-attempt' | 'after-ok'

/** Before its first attempt: a step whose outcome stays unknown must be known to have begun. */
export const registersAt = (moment: StepMoment): boolean => moment === 'before-attempt'

/** The events that register a call as a step of the saga, once. */
export function registration(
  state: RunState,
  { agent, parts }: Rules,
  call: CallState,
  tool: AnyTool,
  moment: StepMoment,
): readonly LogEvent[] {
  if (!agent.saga || !changesWorld(tool) || !parts.registersAt(moment)) return []
  const { saga } = state
  if (saga.steps.some((step) => step.call === call)) return []
  const registered: LogEvent = {
    type: 'saga-step-registered',
    step: saga.steps.length + 1,
    call: call.intent.call,
    tool: tool.name,
    compensation: tool.compensate !== undefined,
  }
  if (saga.status !== 'none') return [registered]
  return [{ type: 'saga-open', saga: sagaName(state.start?.session ?? '') }, registered]
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
export function residueOf(state: RunState): readonly string[] {
  return doneSteps(state)
    .filter((step) => step.undone !== 'yes')
    .map((step) => step.call.intent.call)
}
