/** What must happen now: a pure function of the state, the agent and the time. */
import { maxCorrections, maxRepeats } from './defaults.js';
import { effectOf } from './state.js';
export function decide(state, rules, now) {
    if (state.end)
        return { kind: 'return' };
    if (!state.start)
        return { kind: 'start' };
    if (!state.present)
        return { kind: 'resume' };
    if (state.saga.status === 'aborted')
        return undoNext(state, rules);
    if (state.batch && !state.batch.committed) {
        return { kind: rules.parts.batchDone(state.batch) ? 'commit-batch' : 'advance-batch' };
    }
    const cause = badEnd(state, rules, now);
    if (cause !== undefined)
        return leave(state, cause);
    const { model } = state;
    if (model.answer && !state.batch)
        return stop(state, rules);
    if (model.phase !== 'settled')
        return askModel(state, rules, model.turn, model.attempts + 1);
    return askModel(state, rules, model.turn + 1, 1);
}
/** Why the run must end although the model has not stopped; undefined when it need not. */
function badEnd(state, { agent }, now) {
    if (state.saga.steps.some((step) => effectOf(step.call) === 'unknown'))
        return 'unknown-outcome';
    if (hasStopped(state))
        return undefined;
    if (now >= state.deadline)
        return 'deadline';
    if (state.model.phase === 'ended')
        return modelFailure(state.model);
    for (const failures of state.failures.values())
        if (failures > maxCorrections)
            return 'max-corrections';
    if (state.mostRepeats >= maxRepeats)
        return 'repeated-calls';
    const { tokens } = agent.limits;
    if (tokens !== undefined && state.tokens >= tokens)
        return 'budget-exhausted';
    return undefined;
}
const hasStopped = (state) => state.model.answer?.calls.length === 0;
/** The model gave its last word: a natural stop, unless it still wanted tools that its last turn did not offer. */
function stop(state, { agent }) {
    if (!hasStopped(state))
        return leave(state, 'max-turns');
    if (agent.saga && state.failedWrites.size > 0)
        return leave(state, 'step-failed');
    return { kind: 'end', cause: 'stop' };
}
function askModel(state, { agent, parts }, turn, attempt) {
    const budget = parts.turnBudget(agent.limits);
    if (turn > budget)
        return leave(state, 'max-turns');
    return { kind: 'call-model', turn, attempt, offersTools: turn < budget };
}
const leave = (state, cause) => state.saga.status === 'open' ? { kind: 'abort-saga', cause } : { kind: 'end', cause };
function undoNext(state, { parts }) {
    const step = parts.nextUndo(state);
    return step ? { kind: 'compensate', step } : { kind: 'end', cause: state.saga.cause };
}
/** The stop reason of an answer that cannot be used says more than its error class. */
function modelFailure(model) {
    switch (model.stop) {
        case 'length':
            return 'truncated';
        case 'content-filter':
            return 'content-filter';
        case 'refusal':
            return 'refusal';
        default:
            return 'model-failed';
    }
}
