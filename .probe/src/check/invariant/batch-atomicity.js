/** `batch-atomicity`: the calls of a turn are answered together or not at all. Broken by an agent that goes on after the first result. */
import { sharedPrefix } from '../prompt-prefix.js';
export const batchAtomicity = {
    name: 'batch-atomicity',
    says: 'Every call of a batch is settled once, and their results enter the conversation together.',
    kind: 'safety',
    clauses: {
        a: 'each call of a batch gets exactly one terminal record and one result',
        b: 'a batch is committed once, before the next call of the model',
        c: 'no prompt shows some results of a batch without the others',
    },
    usual: 'wait for every call of the batch, give the failed and refused ones an error result, then append all at once',
    mutant: 'commit-per-result',
    concerns: () => true,
    start: (facts) => ({
        own: facts.own,
        open: undefined,
        terminal: new Map(),
        committed: new Map(),
        messages: [],
        wide: false,
    }),
    on: {
        'run-start': (state, _event, judge) => {
            state.open = undefined;
            state.terminal.clear();
            state.committed.clear();
            return judge.skip;
        },
        'batch-open': (state, event, judge) => {
            if (event.calls.length > 1)
                state.wide = true;
            state.open = { turn: event.turn, seq: event.seq, calls: event.calls.map((intent) => intent.call) };
            return judge.skip;
        },
        'call-settled': (state, event, judge) => settle(state, event, judge),
        'call-rejected': (state, event, judge) => settle(state, event, judge),
        'batch-commit': (state, event, judge) => judgeCommit(state, event, judge),
        'model-call-start': (state, event, judge) => {
            const open = state.open;
            if (!open || open.turn >= event.turn)
                return judge.skip;
            const because = `the model was called for turn ${event.turn} while the batch of turn ${open.turn} was not committed`;
            return judge.broken(because, { clause: 'b', witness: [open.seq, event.seq] });
        },
        'prompt-received': (state, event, judge) => {
            const from = sharedPrefix(state.messages, event.messages);
            state.messages = event.messages;
            return judgePrompt(state, event, from, judge);
        },
    },
    met: (state) => state.wide,
};
function settle(state, event, judge) {
    const first = state.terminal.get(event.call);
    state.terminal.set(event.call, event.seq);
    if (first === undefined)
        return judge.skip;
    const because = `${event.tool} (${event.call}) was settled a second time`;
    return judge.broken(because, { clause: 'a', witness: [first, event.seq], tool: event.tool });
}
function judgeCommit(state, event, judge) {
    const before = state.committed.get(event.turn);
    if (before !== undefined) {
        return judge.broken(`the batch of turn ${event.turn} was committed twice`, {
            clause: 'b',
            witness: [before, event.seq],
        });
    }
    state.committed.set(event.turn, event.seq);
    const open = state.open;
    if (!open || open.turn !== event.turn)
        return judge.skip;
    state.open = undefined;
    const results = new Set(event.results.map((result) => result.call));
    const lost = open.calls.find((call) => !results.has(call));
    const witness = [open.seq, event.seq];
    if (lost !== undefined) {
        return judge.broken(`the batch of turn ${event.turn} was committed without a result for ${lost}`, {
            clause: 'a',
            witness,
        });
    }
    if (event.results.length !== open.calls.length) {
        const because = `the batch of turn ${event.turn} has ${open.calls.length} calls but was committed with ${event.results.length} results`;
        return judge.broken(because, { clause: 'a', witness });
    }
    const unsettled = open.calls.find((call) => !state.terminal.has(call));
    if (unsettled !== undefined) {
        return judge.broken(`the batch of turn ${event.turn} was committed before ${unsettled} was settled`, {
            clause: 'a',
            witness,
        });
    }
    return open.calls.length > 1 ? judge.held : judge.skip;
}
function judgePrompt(state, event, from, judge) {
    let whole = false;
    for (let at = Math.max(1, from); at < event.messages.length; at++) {
        const [before, now] = [event.messages[at - 1], event.messages[at]];
        if (now.role !== 'tool' || before.role !== 'assistant' || before.calls.length < 2)
            continue;
        state.wide = true;
        const answered = new Set(now.results.map((result) => result.id));
        const missing = before.calls.filter((call) => !answered.has(call.id));
        if (missing.length > 0 && missing.length < before.calls.length) {
            const tools = missing.map((call) => call.tool).join(', ');
            const because = `the prompt of turn ${event.turn} shows ${before.calls.length - missing.length} of ${before.calls.length} results of one batch; without a result: ${tools}`;
            return judge.broken(because, { clause: 'c', tool: missing[0].tool });
        }
        whole = true;
    }
    return whole && !state.own ? judge.held : judge.skip;
}
