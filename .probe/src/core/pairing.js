/** The one rule of tool histories: each call of a message is answered in the message that follows, each result answers such a call. */
const strictest = { uniqueCalls: true, uniqueResults: true, systemFirst: true };
/** The first fault of a history in message order, undefined when there is none. Default: the strictest rules any provider has. */
export function strictPairing(messages, rules = strictest) {
    for (let at = 0; at < messages.length; at++) {
        const message = messages[at];
        const fault = message.role === 'assistant'
            ? faultOfCalls(idsOf(message), idsOf(messages[at + 1], 'tool'), at, rules)
            : message.role === 'tool'
                ? faultOfResults(idsOf(message), idsOf(messages[at - 1], 'assistant'), at, rules)
                : message.role === 'system' && rules.systemFirst && at > 0 && messages[at - 1].role !== 'system'
                    ? { kind: 'late-system', at, ids: none }
                    : undefined;
        if (fault)
            return fault;
    }
    return undefined;
}
const none = [];
/** Ids of the calls or results of a message; none when it has another role than the wanted one. */
function idsOf(message, role = message?.role) {
    if (!message || message.role !== role)
        return none;
    const parts = message.role === 'assistant' ? message.calls : message.role === 'tool' ? message.results : none;
    return parts.length === 0 ? none : parts.map((part) => part.id);
}
function faultOfCalls(calls, results, at, rules) {
    if (calls.length === 0)
        return undefined;
    if (calls.includes(''))
        return { kind: 'empty-id', at, ids: [''] };
    const repeated = rules.uniqueCalls ? repeats(calls) : none;
    if (repeated.length > 0)
        return { kind: 'duplicate-id', at, ids: repeated };
    const missing = without(calls, results);
    return missing.length > 0 ? { kind: 'missing-results', at, ids: missing } : undefined;
}
function faultOfResults(results, calls, at, rules) {
    if (results.includes(''))
        return { kind: 'empty-id', at, ids: [''] };
    const orphans = without(results, calls);
    if (orphans.length > 0)
        return { kind: 'orphan-result', at, ids: orphans };
    const repeated = rules.uniqueResults ? repeats(results) : none;
    return repeated.length > 0 ? { kind: 'duplicate-id', at, ids: repeated } : undefined;
}
const repeats = (ids) => ids.filter((id, index) => ids.indexOf(id) < index && ids.indexOf(id, ids.indexOf(id) + 1) === index);
const without = (ids, taken) => ids.filter((id, index) => !taken.includes(id) && ids.indexOf(id) === index);
