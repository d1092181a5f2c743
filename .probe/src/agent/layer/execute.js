/** The innermost step: one attempt, written ahead, under its time limit. */
import { copy } from '../../core/json.js';
import { failed } from '../../core/outcome.js';
import { LateBox } from '../late-box.js';
import { registration } from '../saga.js';
import { timed } from '../timed.js';
export const execute = async (work) => {
    const { run, call, tool } = work;
    const { ports, parts, state, journal } = run;
    const deadline = Math.min(ports.clock.now() + parts.timeoutOf(tool), state.deadline);
    if (deadline <= ports.clock.now())
        return unstarted(work);
    let isRefused = false;
    await journal.append(() => {
        const admitted = work.gate?.admit() ?? (work.gate ? undefined : []);
        isRefused = admitted === undefined;
        if (!admitted)
            return [];
        return [...admitted, ...registration(state, run, call, tool, 'before-attempt'), attemptStart(work, deadline)];
    });
    if (isRefused)
        return refused(work);
    const late = new LateBox(run, call, tool, call.attempts);
    const ending = await attempt(work, deadline, late);
    return { outcome: parts.outcomeOf(ending, tool), isAttempt: true, late };
};
/** The tool gets copies: nothing it does to them reaches the log. */
function attempt({ run, call, tool, key }, deadline, late) {
    const { clock } = run.ports;
    const delayMs = deadline - clock.now();
    if (delayMs <= 0)
        return Promise.resolve({ kind: 'not-started' });
    const { call: path, args } = call.intent;
    return timed({
        clock,
        live: run.live,
        delayMs,
        start: (signal) => tool.execute(copy(args), { key: key ?? call.intent.key, signal, deadline, call: path, attempt: call.attempts }),
        late: (ending) => late.receive(ending),
    });
}
function attemptStart({ call, tool, key }, deadline) {
    const { intent } = call;
    return {
        type: 'attempt-start',
        call: intent.call,
        tool: tool.name,
        attempt: call.attempts + 1,
        key: key ?? intent.key,
        argsDigest: intent.argsDigest ?? '',
        deadline,
    };
}
const unstarted = ({ run, tool }) => ({
    outcome: run.parts.outcomeOf({ kind: 'not-started' }, tool),
    isAttempt: false,
});
const refused = ({ tool }) => ({
    outcome: failed({
        class: 'breaker-open',
        text: `${tool.name} failed too often and is not called now`,
        retryable: false,
    }),
    isAttempt: false,
});
