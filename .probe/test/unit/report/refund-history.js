/** The history of a refund that happens twice, as the world of a foreign agent would record it. */
/** Numbers events in the order given. */
export function history(...steps) {
    return steps.map(([vt, type, payload, incarnation = 1], seq) => ({ seq, vt, lane: 'run', incarnation, type, ...payload }));
}
export const payload = (_type, value) => value;
const findSite = 'shop.order#t1.c0/a1';
const first = 'shop.refund#t2.c0/a1';
const second = 'shop.refund#t3.c0/a1';
const usage = { stop: 'tool-calls', complete: true, status: 200 };
const request = (site, call) => ({
    backend: 'shop',
    operation: 'refund',
    kind: 'write',
    site,
    input: { orderId: 'A-7', cents: 4900 },
    key: undefined,
    call,
    attempt: 1,
});
const answered = (turn, tool, argumentText) => payload('model-answered', {
    turn,
    attempt: 1,
    text: '',
    calls: [{ id: `call-${turn}`, tool, arguments: argumentText }],
    ...usage,
});
const prompt = (turn, id, tool, content, outcome) => payload('prompt-received', {
    turn,
    attempt: 1,
    tools: [],
    messages: [{ role: 'tool', results: [{ id, tool, content, outcome }] }],
});
export const refundTwice = history([0, 'model-answered', answered(1, 'findOrder', '{"orderId":"A-7"}')], [
    0,
    'request-arrived',
    { ...request(findSite, 't1.c0'), operation: 'order', kind: 'read', input: { orderId: 'A-7' } },
], [
    100,
    'request-answered',
    { backend: 'shop', operation: 'order', site: findSite, outcome: 'ok', status: 200, text: '' },
], [
    100,
    'tool-returned',
    payload('tool-returned', { call: 't1.c0', tool: 'findOrder', attempt: 1, outcome: 'ok', digest: 'd' }),
], [100, 'prompt-received', prompt(2, 'call-1', 'findOrder', '{"cents":4900}', 'ok')], [1100, 'model-answered', answered(2, 'refundOrder', '{"orderId":"A-7","cents":4900}')], [1100, 'request-arrived', request(first, 't2.c0')], [1100, 'effect-applied', { ...request(first, 't2.c0'), effect: 0, once: 'A-7' }], [1100, 'fault-injected', { fault: 'tool/timeout-after-effect', site: first, detail: '' }], [
    11_100,
    'request-answered',
    { backend: 'shop', operation: 'refund', site: first, outcome: 'unknown', status: 0, text: 'connection lost' },
], [11_100, 'fault-landed', { fault: 'tool/timeout-after-effect', site: first, detail: '' }], [
    11_100,
    'tool-returned',
    payload('tool-returned', {
        call: 't2.c0',
        tool: 'refundOrder',
        attempt: 1,
        outcome: 'threw',
        digest: 'd',
        text: 'fetch failed',
    }),
], [11_100, 'prompt-received', prompt(3, 'call-2', 'refundOrder', 'fetch failed', 'failed')], [12_100, 'model-answered', answered(3, 'refundOrder', '{"orderId":"A-7","cents":4900}')], [12_100, 'request-arrived', request(second, 't3.c0')], [12_100, 'effect-applied', { ...request(second, 't3.c0'), effect: 1, once: 'A-7' }], [12_200, 'run-end', { status: 'completed', reason: '', text: '', residue: [] }]);
export const refundedTwice = {
    invariant: 'an order is refunded once',
    clause: 'a',
    because: 'an order is refunded once is false',
    witness: [7, 15],
    seq: 15,
    tool: 'refundOrder',
};
