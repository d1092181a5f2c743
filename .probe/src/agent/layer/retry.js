/** Tries again while it is safe and of use. The attempt counter comes from the log: a resume goes on where it was. */
import { failed, unknown } from '../../core/outcome.js';
import { reconcile } from '../reconcile.js';
import { decideRetry, retryScheduled, waitOut } from '../run.js';
import { record } from './record.js';
export const retry = (next) => async (work) => {
    const { run, call, tool } = work;
    const path = call.intent.call;
    for (;;) {
        await waitOut(run, call.wait);
        const answer = leftOver(work) ?? (await next(work));
        if (answer.outcome.kind === 'ok')
            return answer;
        const { error } = answer.outcome;
        const isDoubtful = mayHaveHappened(work, answer);
        const decision = decideRetry(run, path, call.attempts, error, run.state.deadline);
        const again = (delayMs) => retryScheduled(run, path, call.attempts, error, delayMs);
        if (decision.kind === 'again' && (!isDoubtful || tool.idempotency !== 'none')) {
            await record(work, answer, () => [again(decision.delayMs)]);
            continue;
        }
        if (!isDoubtful || call.applied || !tool.reconcile)
            return { ...answer, outcome: overall(error, isDoubtful) };
        await record(work, answer, () => []);
        const reconciled = await reconcile(work);
        if (reconciled.answer !== 'not-applied' || decision.kind !== 'again') {
            const outcome = overall(error, reconciled.answer !== 'not-applied');
            return { outcome, isAttempt: false, events: [reconciled] };
        }
        await run.journal.append(() => [reconciled, again(decision.delayMs)]);
    }
};
/** What an earlier incarnation left: an attempt in flight when it died, or one that ended and was not judged. */
function leftOver({ run, call, tool }) {
    if (call.phase === 'orphaned') {
        return { outcome: run.parts.outcomeOf({ kind: 'interrupted' }, tool), isAttempt: true };
    }
    if (call.phase === 'ended' && call.last)
        return { outcome: call.last, isAttempt: false };
    return undefined;
}
/** One attempt of unknown outcome leaves the whole call in doubt, whatever the later ones said. */
function mayHaveHappened({ call }, { outcome }) {
    return outcome.kind === 'unknown' || call.unresolved.length > 0 || call.applied;
}
const overall = (error, isDoubtful) => (isDoubtful ? unknown(error) : failed(error));
