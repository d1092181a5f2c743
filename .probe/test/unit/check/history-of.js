/** Histories made by hand: each word below is one event with everything a check may ask of it. */
import { judge } from '../../../src/check/judge.js';
export const limits = { turns: 3, timeMs: 300_000, callsPerTurn: 4, inFlight: 4, attempts: 3 };
export const charge = { name: 'charge', effect: 'write', idempotency: 'keyed', compensated: false };
export const mail = { name: 'mail', effect: 'write', idempotency: 'none', compensated: false };
export const find = { name: 'find', effect: 'read', idempotency: 'natural', compensated: false };
export const book = { name: 'book', effect: 'write', idempotency: 'keyed', compensated: true };
export const own = {
    own: true,
    limits,
    tools: [charge, mail, find, book],
    retry: { attempts: 3, baseMs: 1000, factor: 2, jitterMs: 500, maxDelayMs: 60_000 },
    intended: {},
    scripted: true,
    backends: ['shop'],
};
export const foreign = {
    own: false,
    limits: undefined,
    tools: [charge, find],
    retry: undefined,
    intended: {},
    scripted: true,
    backends: ['shop'],
};
/** Stamps drafts: 10 ms apart unless they say when, one incarnation more after each restart. */
export function historyOf(facts, drafts, truncated = false) {
    let incarnation = 1;
    let vt = 0;
    const events = drafts.flat().map((draft, seq) => {
        if (draft.type === 'restart')
            incarnation++;
        vt = draft.vt ?? vt + 10;
        return { ...draft, seq, vt, lane: 'run', incarnation };
    });
    return { events, facts, truncated };
}
/** The verdict of one check over one hand-made history. */
export function verdict(check, facts, drafts, truncated = false) {
    return judge(historyOf(facts, drafts, truncated), [check])[0];
}
/** The lines of one operation; throws where the ledger has none. */
export function linesOf(ledger, backend, operation) {
    const lines = ledger[backend]?.[operation];
    if (!lines)
        throw new Error(`no ${backend}.${operation} in the ledger`);
    return lines;
}
/** An event as given. */
export const happened = (type, payload) => ({ type, ...payload });
export const runStart = (fill = {}) => happened('run-start', {
    session: 's',
    agent: 'a',
    prompt: 'go',
    instructions: '',
    limits,
    saga: false,
    at: 0,
    ...fill,
});
export const runEnd = (status = 'completed', fill = {}) => happened('run-end', { status, reason: 'done', text: 'Done.', residue: [], ...fill });
export const modelStart = (turn, attempt = 1) => happened('model-call-start', { turn, attempt });
export const modelEnd = (turn, fill = {}) => happened('model-call-end', {
    turn,
    attempt: 1,
    outcome: 'ok',
    text: '',
    calls: [],
    stop: 'stop',
    usage: { inputTokens: 1, outputTokens: 1 },
    ...fill,
});
export const error = (kind, retryable, afterMs) => ({
    class: kind,
    text: kind,
    retryable,
    ...(afterMs === undefined ? {} : { afterMs }),
});
/** A call of the model: `id` defaults to one of its own. */
export const proposal = (tool, args = {}, id = `id-${tool}`) => ({
    id,
    tool,
    arguments: JSON.stringify(args),
});
export const answered = (turn, calls, fill = {}) => happened('model-answered', {
    turn,
    attempt: 1,
    text: '',
    calls,
    stop: 'tool-calls',
    complete: true,
    status: 200,
    ...fill,
});
export const prompted = (turn, messages, fill = {}) => happened('prompt-received', { turn, attempt: 1, messages, tools: ['charge'], ...fill });
export const user = { role: 'user', text: 'go' };
export const asked = (...calls) => ({ role: 'assistant', text: '', calls });
/** Results in the order given: `[call, content, outcome]`. */
export const results = (...list) => ({
    role: 'tool',
    results: list.map(([call, content, outcome = 'ok']) => ({ id: call.id, tool: call.tool, content, outcome })),
});
/** Tools by place: `batchOpen(1, ['charge', 'find'])`. */
export const batchOpen = (turn, tools) => happened('batch-open', {
    turn,
    calls: tools.map((tool, index) => ({
        call: `t${turn}.c${index}`,
        id: `id-${index}`,
        tool,
        effect: tool === 'find' ? 'read' : 'write',
        proposed: '{}',
        args: {},
        argsDigest: `d-${tool}`,
        key: `k-t${turn}.c${index}`,
    })),
});
export const batchCommit = (turn, outcomes, fill = {}) => happened('batch-commit', {
    turn,
    results: outcomes.map((outcome, index) => ({
        call: `t${turn}.c${index}`,
        id: `id-${index}`,
        tool: 'charge',
        outcome,
        content: `r${index}`,
    })),
    ...fill,
});
export const attemptStart = (call, tool = 'charge', attempt = 1, fill = {}) => happened('attempt-start', { call, tool, attempt, key: `k-${call}`, argsDigest: `d-${tool}`, deadline: 1e6, ...fill });
export const attemptEnd = (call, outcome, tool = 'charge', attempt = 1, fill = {}) => happened('attempt-end', { call, tool, attempt, outcome, ...fill });
export const settled = (call, outcome, tool = 'charge', fill = {}) => happened('call-settled', { call, tool, outcome, attempts: 1, ...fill });
export const returned = (call, value, tool = 'charge', fill = {}) => happened('tool-returned', { call, tool, attempt: 1, outcome: 'ok', digest: '', value, ...fill });
const request = (fill) => ({
    backend: 'shop',
    operation: 'charge',
    kind: 'write',
    site: `shop.charge#${fill.call ?? 'run'}/a${fill.attempt ?? 1}`,
    input: { orderId: 'A-7' },
    key: undefined,
    call: undefined,
    attempt: undefined,
    ...fill,
});
export const arrived = (fill = {}) => happened('request-arrived', request(fill));
export const applied = (effect, fill = {}) => happened('effect-applied', { ...request(fill), effect, once: 'A-7', ...fill });
export const takenBack = (effect) => happened('effect-compensated', { ...request({}), effect });
export const replied = (outcome, site = 'shop.charge#run/a1', status = 200) => happened('request-answered', { backend: 'shop', operation: 'charge', site, outcome, status, text: '' });
export const runSettled = (status, result = 'Done.') => happened('run-settled', { status, reason: '', result });
export const crash = [happened('crash', { epoch: 1 }), happened('restart', { epoch: 2 })];
export const rest = (fill = {}) => happened('rest', { open: [], timers: 0, ...fill });
export const faultAt = (type, fault, site) => happened(type, { fault, site, detail: '' });
