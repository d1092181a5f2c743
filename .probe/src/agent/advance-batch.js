/** Runs the calls of the open batch that are not settled, side by side up to the limit, in call order. */
import { StormproofError } from '../core/error.js';
import { toolNamed } from './agent.js';
import { dispatch } from './dispatch.js';
/** Resolves when the batch may be left; rejects when the log cannot be written. */
export function advanceBatch(run, batch) {
    const open = batch.calls.filter((call) => call.phase !== 'settled');
    return new Promise((resolve, reject) => {
        let next = 0;
        let inFlight = 0;
        const step = () => {
            if (run.parts.batchDone(batch)) {
                resolve();
                return;
            }
            for (; inFlight < run.agent.limits.inFlight && next < open.length; next++) {
                inFlight++;
                settle(run, open[next]).then(() => {
                    inFlight--;
                    step();
                }, reject);
            }
        };
        step();
    });
}
async function settle(run, call) {
    const tool = toolNamed(run.agent, call.intent.tool);
    if (!tool) {
        throw new StormproofError('config', `the log has an open call of ${call.intent.tool}, which the agent no longer has`, {
            remedy: 'run the session with the agent that wrote it',
        });
    }
    await dispatch({ run, call, tool });
}
