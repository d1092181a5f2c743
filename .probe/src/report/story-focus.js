/** What matters for a violation: the tools, operations and calls it is about, found from its witness. */
/** Starts from the witness and follows call paths: from an effect to the tool that caused it, from a tool to its effects. */
export function focusOn(events, violation) {
    const witness = new Set([...violation.witness, violation.seq]);
    const tools = new Set(violation.tool === undefined ? [] : [violation.tool]);
    const operations = new Set();
    const calls = new Set();
    for (const event of events) {
        if (!witness.has(event.seq))
            continue;
        if ('operation' in event)
            operations.add(operationOf(event));
        if ('call' in event && typeof event.call === 'string')
            calls.add(event.call);
        if ('tool' in event && typeof event.tool === 'string')
            tools.add(event.tool);
    }
    for (const event of events) {
        if (!('call' in event) || typeof event.call !== 'string')
            continue;
        if ('tool' in event && calls.has(event.call))
            tools.add(event.tool);
        if ('operation' in event && operations.has(operationOf(event)))
            calls.add(event.call);
        if ('tool' in event && tools.has(event.tool))
            calls.add(event.call);
    }
    for (const event of events) {
        if ('tool' in event && 'call' in event && calls.has(event.call))
            tools.add(event.tool);
        if ('operation' in event && 'call' in event && event.call !== undefined && calls.has(event.call))
            operations.add(operationOf(event));
    }
    return {
        witness,
        tools,
        operations,
        calls,
        everything: tools.size === 0 && operations.size === 0 && calls.size === 0,
    };
}
export const operationOf = (event) => `${event.backend}.${event.operation}`;
