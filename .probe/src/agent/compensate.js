/** One attempt of one compensation: keyed, not bounded by the run's deadline, retried within the agent's policy. */
import { copy } from '../core/json.js';
import { toolNamed } from './agent.js';
import { toolTimeoutMs } from './defaults.js';
import { undoPath } from './fold-saga.js';
import { undoKey } from './identity.js';
import { decideRetry, retryScheduled, waitOut } from './run.js';
import { timed } from './timed.js';
export async function compensate(run, step) {
    await waitOut(run, step.wait);
    if (step.phase === 'orphaned')
        return end(run, step, { kind: 'interrupted' });
    const { call, tool } = step.call.intent;
    const key = undoKey(step.call.intent.key);
    const attempt = step.attempts + 1;
    await run.journal.append([{ type: 'compensation-start', step: step.step, call, tool, attempt, key }]);
    await end(run, step, await attemptUndo(run, step, key));
}
function attemptUndo(run, step, key) {
    const { clock } = run.ports;
    const { intent } = step.call;
    const tool = toolNamed(run.agent, intent.tool);
    const delayMs = tool ? run.parts.timeoutOf(tool) : toolTimeoutMs;
    const deadline = clock.now() + delayMs;
    return timed({
        clock,
        live: run.live,
        delayMs,
        start: async (signal) => tool?.compensate?.(copy(intent.args), {
            key,
            signal,
            deadline,
            call: undoPath(intent.call),
            attempt: step.attempts,
        }),
        late: () => { },
    });
}
function end(run, step, ending) {
    const { call, tool } = step.call.intent;
    const attempt = step.attempts;
    const outcome = outcomeOf(run, step, ending);
    const ended = { type: 'compensation-end', step: step.step, call, tool, attempt, outcome: outcome.kind };
    if (outcome.kind === 'ok')
        return run.journal.append([ended]);
    const { error } = outcome;
    const path = undoPath(call);
    const decision = decideRetry(run, path, attempt, error, Number.POSITIVE_INFINITY);
    const again = decision.kind === 'again' ? [retryScheduled(run, path, attempt, error, decision.delayMs)] : [];
    return run.journal.append([{ ...ended, error }, ...again]);
}
/** Whatever a compensation returns, it is done; a tool the agent no longer has cannot be undone. */
function outcomeOf(run, step, ending) {
    const tool = toolNamed(run.agent, step.call.intent.tool);
    if (tool?.compensate)
        return run.parts.outcomeOf(ending, tool);
    const text = 'the agent no longer has this compensation';
    return { kind: 'failed', error: { class: 'unknown-tool', text, retryable: false } };
}
