/** A circuit breaker: consecutive failures open it, one probe may close it. Pure: state and input in, state and decision out. */
export const closedBreaker = { kind: 'closed', failures: 0, openedAt: 0, generation: 0, probe: undefined };
/** May this attempt start? `open` turns `half-open` here, when its time is up and somebody asks. */
export function admit(policy, state, attempt, now) {
    if (state.kind === 'closed')
        return [state, 'admitted'];
    if (state.kind === 'half-open') {
        return state.probe === undefined ? [{ ...state, probe: attempt }, 'admitted'] : [state, 'refused'];
    }
    if (now - state.openedAt < policy.resetMs)
        return [state, 'refused'];
    return [{ ...state, kind: 'half-open', generation: state.generation + 1, probe: attempt }, 'admitted'];
}
/** Counts an attempt that ended. Stragglers of an earlier generation change nothing, nor do they move `openedAt`. */
export function count(policy, state, ended, now) {
    if (ended.generation !== state.generation || state.kind === 'open')
        return state;
    if (state.kind === 'closed') {
        if (ended.health === 'neutral')
            return state;
        if (ended.health === 'ok')
            return state.failures === 0 ? state : { ...state, failures: 0 };
        const failures = state.failures + 1;
        return failures < policy.failures ? { ...state, failures } : opened(state, failures, now);
    }
    if (ended.attempt !== state.probe)
        return state;
    if (ended.health === 'neutral')
        return { ...state, probe: undefined };
    if (ended.health === 'failed')
        return opened(state, state.failures, now);
    return { ...closedBreaker, generation: state.generation + 1 };
}
function opened(state, failures, now) {
    return { kind: 'open', failures, openedAt: now, generation: state.generation + 1, probe: undefined };
}
/** A definite refusal comes from a service that works; bad arguments and cancellations say nothing about it. */
const neutral = new Set([
    'invalid-args',
    'unknown-tool',
    'permanent',
    'refused',
    'breaker-open',
    'cancelled',
]);
export function healthOf(outcome) {
    if (outcome.kind === 'ok')
        return 'ok';
    return neutral.has(outcome.error.class) ? 'neutral' : 'failed';
}
