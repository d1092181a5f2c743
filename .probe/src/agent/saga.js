/** The saga of a run: which steps must be undone, in which order, and what remains when they cannot be. */
import { effectOf } from './state.js';
import { changesWorld } from './tool.js';
/** A saga is named for its run: there is one. */
const sagaName = (session) => `${session}/saga`;
/** Before its first attempt: a step whose outcome stays unknown must be known to have begun. */
export const registersAt = (moment) => moment === 'before-attempt';
/** The events that register a call as a step of the saga, once. */
export function registration(state, { agent, parts }, call, tool, moment) {
    if (!agent.saga || !changesWorld(tool) || !parts.registersAt(moment))
        return [];
    const { saga } = state;
    if (saga.steps.some((step) => step.call === call))
        return [];
    const registered = {
        type: 'saga-step-registered',
        step: saga.steps.length + 1,
        call: call.intent.call,
        tool: tool.name,
        compensation: tool.compensate !== undefined,
    };
    if (saga.status !== 'none')
        return [registered];
    return [{ type: 'saga-open', saga: sagaName(state.start?.session ?? '') }, registered];
}
/** The steps that happened or may have. A call that carried an earlier step's key is that step again. */
export function doneSteps(state) {
    const { steps } = state.saga;
    const isRepeated = (call) => steps.some((step) => step.call.intent.call === call.intent.reissueOf);
    return steps.filter(({ call }) => effectOf(call) !== 'none' && !isRepeated(call));
}
/** The last step not yet undone that can be. One that was given up does not stop the others. */
export function nextUndo(state) {
    return doneSteps(state).findLast((step) => step.compensation && step.undone === 'no');
}
/** The calls whose effect remains, or may. */
export function residueOf(state) {
    return doneSteps(state)
        .filter((step) => step.undone !== 'yes')
        .map((step) => step.call.intent.call);
}
