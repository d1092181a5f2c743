/** `tool-pairing`: every call a prompt shows has exactly one result, right behind it. Broken by an agent that trims, crashes or throws inside a batch. */
import { strictPairing } from '../../core/pairing.js';
import { sharedPrefix } from '../prompt-prefix.js';
const clauseOf = {
    'missing-results': 'a',
    'orphan-result': 'b',
    'duplicate-id': 'c',
    'empty-id': 'c',
    'late-system': 'd',
};
export const toolPairing = {
    name: 'tool-pairing',
    says: 'In every prompt each tool call is followed by exactly one result, and each result by nothing but its call before it.',
    kind: 'safety',
    clauses: {
        a: 'each call of an assistant message has its result in the message that follows',
        b: 'no result stands without its call',
        c: 'the calls of a batch are one message with ids that are neither empty nor repeated',
        d: 'system messages stand at the head only',
        e: 'no call of an answer that was cut off is shown',
    },
    usual: 'render a batch as one assistant message and answer every call of it, also the refused, failed and cancelled ones',
    mutant: 'batch-rendered-apart',
    concerns: () => true,
    start: (facts) => ({
        own: facts.own,
        messages: [],
        called: false,
        repeated: new Set(),
        cut: new Map(),
        whole: new Set(),
    }),
    on: {
        'model-answered': (state, event, judge) => {
            noteIds(state, event);
            return judge.skip;
        },
        'prompt-received': (state, event, judge) => {
            let from = sharedPrefix(state.messages, event.messages);
            state.messages = event.messages;
            from = Math.max(0, from - 1);
            while (from > 0 && event.messages[from]?.role === 'tool')
                from--;
            return judgePrompt(state, event, from, judge);
        },
    },
    met: (state) => state.called,
};
function noteIds(state, event) {
    const seen = new Set();
    for (const { id } of event.calls) {
        if (id === '' || seen.has(id))
            state.repeated.add(id);
        seen.add(id);
        if (event.complete)
            state.whole.add(id);
        else
            state.cut.set(id, event.seq);
    }
}
function judgePrompt(state, event, from, judge) {
    const fresh = from === 0 ? event.messages : event.messages.slice(from);
    const lenient = state.repeated.size > 0;
    const fault = strictPairing(fresh, { uniqueCalls: !lenient, uniqueResults: !lenient, systemFirst: state.own });
    if (fault && !(fault.kind === 'empty-id' && state.repeated.has(''))) {
        return judge.broken(sentence(fault, event.turn), { clause: clauseOf[fault.kind], witness: [event.seq] });
    }
    for (const message of fresh) {
        if (message.role !== 'assistant' || message.calls.length === 0)
            continue;
        state.called = true;
        const cut = message.calls.find((call) => state.cut.has(call.id) && !state.whole.has(call.id));
        if (!cut)
            continue;
        const because = `the prompt of turn ${event.turn} shows a call of ${cut.tool} from an answer of the model that was cut off`;
        return judge.broken(because, { clause: 'e', witness: [state.cut.get(cut.id), event.seq], tool: cut.tool });
    }
    return state.called ? judge.held : judge.skip;
}
function sentence(fault, turn) {
    const ids = fault.ids.map((id) => JSON.stringify(id)).join(', ');
    const where = `the prompt of turn ${turn}`;
    if (fault.kind === 'missing-results')
        return `${where} shows calls without a result behind them: ${ids}`;
    if (fault.kind === 'orphan-result')
        return `${where} shows results whose call does not stand right before them: ${ids}`;
    if (fault.kind === 'duplicate-id')
        return `${where} uses one id twice within a batch: ${ids}`;
    if (fault.kind === 'empty-id')
        return `${where} shows a call or a result with an empty id`;
    return `${where} has a system message behind other messages`;
}
