/** Writes what came of an attempt, in one append with what follows from it. */
import { registration } from '../saga.js';
/** The end of the attempt, if the answer is one, then `follow`: all durable together. */
export async function record(work, answer, follow) {
    await work.run.journal.append(() => [...attemptEnd(work, answer), ...(answer.events ?? []), ...follow()]);
    answer.late?.open();
}
function attemptEnd(work, { isAttempt, outcome, gate = work.gate }) {
    if (!isAttempt)
        return [];
    const { run, call, tool } = work;
    const end = {
        type: 'attempt-end',
        call: call.intent.call,
        tool: tool.name,
        attempt: call.attempts,
        outcome: outcome.kind,
        ...detail(outcome),
    };
    const registered = outcome.kind === 'ok' ? registration(run.state, run, call, tool, 'after-ok') : [];
    return [end, ...(gate?.count(outcome) ?? []), ...registered];
}
/** The value of an ok outcome, the error of any other. */
export const detail = (outcome) => outcome.kind === 'ok' ? { value: outcome.value } : { error: outcome.error };
