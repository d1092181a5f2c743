/** The state of a run: what its durable log amounts to. Only `fold` changes it. */
export function emptyState() {
    return {
        start: undefined,
        startedAt: 0,
        deadline: 0,
        present: false,
        messages: [],
        model: {
            turn: 0,
            attempts: 0,
            phase: 'settled',
            wait: undefined,
            answer: undefined,
            error: undefined,
            stop: undefined,
        },
        batch: undefined,
        calls: new Map(),
        ambiguous: [],
        ids: new Set(),
        saga: { status: 'none', cause: '', steps: [] },
        breakers: new Map(),
        failures: new Map(),
        failedWrites: new Map(),
        repeats: new Map(),
        mostRepeats: 0,
        tokens: 0,
        end: undefined,
    };
}
/** What is known of the effect of a settled write. */
export function effectOf(call) {
    if (call.outcome === 'ok' || call.applied)
        return 'applied';
    return call.unresolved.length > 0 ? 'unknown' : 'none';
}
/** Calls that may have happened and of which nothing more is known. */
export function unresolvedCalls(state) {
    return state.ambiguous.filter((call) => effectOf(call) === 'unknown');
}
