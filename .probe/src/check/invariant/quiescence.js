/** `quiescence`: a run that has ended has nothing left running. Broken by an agent that leaves a batch at the first error. */
export const quiescence = {
    name: 'quiescence',
    says: 'When a run has ended, nothing it started is still running.',
    kind: 'liveness',
    clauses: {
        a: 'no attempt, request or timer of the run is live after its end; siblings of a failed call are drained first',
    },
    usual: 'wait for every call of a batch (allSettled, not all), abort what timed out, and clear its timers before the run ends',
    mutant: 'no-drain-on-error',
    concerns: () => true,
    start: (facts) => ({
        own: facts.own,
        open: new Map(),
        faulted: new Set(),
        ended: undefined,
        dead: false,
        trouble: false,
    }),
    on: {
        crash: (state, _event, judge) => {
            state.open.clear();
            state.dead = true;
            return judge.skip;
        },
        restart: (state, _event, judge) => {
            state.dead = false;
            return judge.skip;
        },
        'run-start': (state, _event, judge) => {
            state.ended = undefined;
            return judge.skip;
        },
        'fault-planned': noteFault,
        'fault-injected': noteFault,
        'attempt-start': (state, event, judge) => {
            const { call, attempt, tool, seq } = event;
            state.open.set(`${call}/${attempt}`, { what: `${tool} (${call}, attempt ${attempt})`, tool, seq, call, attempt });
            return judge.skip;
        },
        'attempt-end': (state, event, judge) => {
            if (event.outcome !== 'ok')
                state.trouble = true;
            state.open.delete(`${event.call}/${event.attempt}`);
            return judge.skip;
        },
        'call-settled': (state, event, judge) => {
            for (const [key, open] of state.open)
                if (open.call === event.call)
                    state.open.delete(key);
            return judge.skip;
        },
        'request-arrived': (state, event, judge) => {
            const { site, call, attempt, seq } = event;
            if (state.own || call === undefined || event.kind !== 'write')
                return judge.skip;
            const what = `${event.backend}.${event.operation} for ${call}`;
            state.open.set(site, { what, tool: undefined, seq, call, attempt: attempt ?? 1 });
            return judge.skip;
        },
        'request-answered': (state, event, judge) => {
            state.open.delete(event.site);
            return judge.skip;
        },
        'tool-returned': (state, event, judge) => {
            if (event.outcome === 'threw')
                state.trouble = true;
            if (state.own)
                return judge.skip;
            for (const [key, open] of state.open) {
                if (open.call === event.call && open.attempt <= event.attempt)
                    state.open.delete(key);
            }
            return judge.skip;
        },
        'run-end': (state, event, judge) => judgeEnd(state, event, judge),
        rest: (state, event, judge) => judgeRest(state, event, judge),
    },
};
function noteFault(state, event, judge) {
    state.faulted.add(event.site);
    return judge.skip;
}
function judgeEnd(state, event, judge) {
    state.ended = event.seq;
    // The world ended this run, not the agent: what it had open says nothing.
    if (!state.own && event.status === 'timed-out')
        return judge.skip;
    for (const [key, open] of state.open) {
        // A request that the world held back may have been given up before: not provable from outside.
        if (!state.own && state.faulted.has(key))
            continue;
        const because = `the run ended (${event.status}) while ${open.what} was still running`;
        return judge.broken(because, { clause: 'a', witness: [open.seq, event.seq], tool: open.tool });
    }
    return state.trouble || event.status !== 'completed' ? judge.held : judge.skip;
}
function judgeRest(state, event, judge) {
    if (state.ended === undefined || state.dead)
        return judge.skip;
    const witness = [state.ended, event.seq];
    // A store cannot be told to give up a request; what the world never answers stays open; timers elsewhere may be a library's.
    const open = event.open.filter((site) => !site.startsWith('store/') && !state.faulted.has(site));
    if (open.length > 0) {
        return judge.broken(`the run had ended, but a request was still open: ${open[0]}`, { clause: 'a', witness });
    }
    if (state.own && event.timers > 0) {
        const because = `the run had ended, but ${event.timers} of its timers ${event.timers === 1 ? 'was' : 'were'} still set`;
        return judge.broken(because, { clause: 'a', witness });
    }
    return judge.held;
}
