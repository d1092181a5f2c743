/** Does what was decided: together with what it calls, the only place that touches a port. */
import { advanceBatch } from './advance-batch.js';
import { askModel, endInterrupted } from './ask-model.js';
import { compensate } from './compensate.js';
import { doneSteps, residueOf } from './saga.js';
export function perform(run, action) {
    const { journal, state } = run;
    switch (action.kind) {
        case 'start':
            return journal.append([runStart(run)]);
        case 'resume':
            return journal.append(() => [resumed(run), ...endInterrupted(run)]);
        case 'call-model':
            return askModel(run, action);
        case 'advance-batch':
            return state.batch ? advanceBatch(run, state.batch) : Promise.resolve();
        case 'commit-batch':
            return journal.append(() => (state.batch ? [commit(run, state.batch)] : []));
        case 'abort-saga':
            return journal.append(() => [
                { type: 'saga-abort', cause: action.cause, steps: doneSteps(state).map(({ step }) => step) },
            ]);
        case 'compensate':
            return compensate(run, action.step);
        case 'end':
            return journal.append(() => runEnd(run, action.cause));
        case 'return':
            return Promise.resolve();
    }
}
function runStart({ session, prompt, agent, ports }) {
    const { name, instructions, limits, saga } = agent;
    return { type: 'run-start', session, agent: name, prompt, instructions, limits, saga, at: ports.clock.now() };
}
const resumed = ({ epoch, ports }) => ({ type: 'run-resume', epoch, at: ports.clock.now() });
const commit = ({ parts }, batch) => ({
    type: 'batch-commit',
    turn: batch.turn,
    results: parts.resultsOf(batch, parts.render),
});
function runEnd({ parts, state }, cause) {
    const end = { type: 'run-end', ...parts.conclude(state, cause) };
    if (state.saga.status === 'open')
        return [{ type: 'saga-end', status: 'committed', residue: [] }, end];
    if (state.saga.status !== 'aborted')
        return [end];
    const residue = residueOf(state);
    const status = residue.length > 0 ? 'needs-intervention' : 'compensated';
    return [{ type: 'saga-end', status, residue }, end];
}
