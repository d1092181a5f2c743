/** The outermost layer: every call that goes in leaves exactly one terminal record. */
import { detail, record } from './record.js';
export const traced = (next) => async (work) => {
    const answer = await next(work);
    await record(work, answer, () => [terminal(work, answer)]);
    return answer;
};
/** A call whose arguments were refused never had an attempt. */
function terminal({ call }, { outcome }) {
    const { call: path, tool } = call.intent;
    if (outcome.kind !== 'ok' && outcome.error.class === 'invalid-args' && call.attempts === 0) {
        return { type: 'call-rejected', call: path, tool, error: outcome.error };
    }
    const { attempts } = call;
    return { type: 'call-settled', call: path, tool, outcome: outcome.kind, attempts, ...detail(outcome) };
}
