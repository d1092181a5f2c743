/** One model call: written ahead, bounded in time, and recorded together with the batch or the retry it leads to. */
import { isModelError } from '../core/model.js';
import { failed } from '../core/outcome.js';
import { openBatch } from './open-batch.js';
import { decideRetry, retryScheduled, waitOut } from './run.js';
import { timed } from './timed.js';
export async function askModel(run, { turn, attempt, offersTools }) {
    const { state, journal } = run;
    await waitOut(run, state.model.wait);
    await journal.append([{ type: 'model-call-start', turn, attempt }]);
    const ending = await answerOf(run, { turn, attempt, offersTools });
    const outcome = judged(run, ending);
    const answer = ending.kind === 'returned' ? ending.value : undefined;
    await journal.append(() => [
        modelCallEnd(turn, attempt, outcome, answer),
        ...followUp(run, turn, attempt, outcome, offersTools),
    ]);
}
/** Nothing is asked once the run's time is up. */
function answerOf(run, { turn, attempt, offersTools }) {
    const { agent, ports, state } = run;
    const delayMs = Math.min(agent.modelTimeoutMs, state.deadline - ports.clock.now());
    if (delayMs <= 0)
        return Promise.resolve({ kind: 'not-started' });
    const messages = state.messages.slice();
    const tools = offersTools ? agent.specs : [];
    return timed({
        clock: ports.clock,
        live: run.live,
        delayMs,
        start: (signal) => ports.model.answer({ messages, tools, signal, turn, attempt }),
        late: ignore,
    });
}
/** A model call that died with its process: it counts as an attempt, and is tried again. */
export function endInterrupted(run) {
    const { turn, attempts, phase } = run.state.model;
    if (phase !== 'running')
        return [];
    const error = {
        class: 'connection-lost',
        text: 'the process stopped before the answer came',
        retryable: true,
    };
    const outcome = { kind: 'unknown', error };
    return [modelCallEnd(turn, attempts, outcome, undefined), ...followUp(run, turn, attempts, outcome, true)];
}
function judged(run, ending) {
    if (ending.kind === 'returned')
        return run.parts.judgeAnswer(ending.value);
    if (ending.kind === 'timed-out' || ending.kind === 'not-started') {
        return failed({ class: 'timeout', text: 'the model did not answer in time', retryable: true });
    }
    if (ending.kind === 'threw' && isModelError(ending.error))
        return failed(ending.error.detail);
    return failed({ class: 'permanent', text: 'the model failed without saying why', retryable: false });
}
const noUsage = { inputTokens: 0, outputTokens: 0 };
/** An answer that cannot be used leaves its usage and its stop reason, and no text and no call. */
function modelCallEnd(turn, attempt, outcome, answer) {
    const isOk = outcome.kind === 'ok';
    return {
        type: 'model-call-end',
        turn,
        attempt,
        outcome: outcome.kind,
        ...(isOk ? {} : { error: outcome.error }),
        text: isOk ? outcome.value.text : '',
        calls: isOk ? outcome.value.calls : [],
        ...(answer ? { stop: answer.stop } : {}),
        usage: answer?.usage ?? noUsage,
    };
}
/** Calls of a turn that offered no tools are not opened: nothing of them runs. */
function followUp(run, turn, attempt, outcome, offersTools) {
    if (outcome.kind === 'ok') {
        return outcome.value.calls.length > 0 && offersTools ? openBatch(run, turn, outcome.value.calls) : [];
    }
    const operation = `t${turn}`;
    const decision = decideRetry(run, operation, attempt, outcome.error, run.state.deadline);
    return decision.kind === 'again' ? [retryScheduled(run, operation, attempt, outcome.error, decision.delayMs)] : [];
}
/** An answer that comes after its time has no effect to reconcile. */
function ignore() { }
