/** What the log says of the saga: its steps, and how far each was undone. */
/** The path of a compensation: what its context, its retries and its effects are filed under. */
export const undoPath = (call) => `${call}.undo`;
export function registerStep(state, event, call) {
    state.saga.steps.push({
        step: event.step,
        call,
        compensation: event.compensation,
        attempts: 0,
        phase: 'ready',
        wait: undefined,
        undone: 'no',
    });
}
export function startCompensation(state, event) {
    const step = stepOf(state, event.step);
    if (!step)
        return;
    step.attempts = event.attempt;
    step.phase = 'running';
    step.wait = undefined;
}
/** A compensation that ended otherwise than ok was given up, unless a retry is scheduled beside it. */
export function endCompensation(state, event) {
    const step = stepOf(state, event.step);
    if (!step)
        return;
    step.phase = 'settled';
    step.undone = event.outcome === 'ok' ? 'yes' : 'gave-up';
}
/** The step whose compensation waits under that path; it is then not given up. */
export function waitingStep(state, operation) {
    if (!operation.endsWith('.undo'))
        return undefined;
    const step = state.saga.steps.find((candidate) => undoPath(candidate.call.intent.call) === operation);
    if (step)
        step.undone = 'no';
    return step;
}
const stepOf = (state, step) => state.saga.steps.find((candidate) => candidate.step === step);
