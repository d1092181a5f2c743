/** What the model is shown of a batch. */
/** A value is shown as JSON; a failure says that nothing happened; an unknown outcome says that it may have. */
export function render(call) {
    if (call.outcome === 'ok')
        return JSON.stringify(call.value ?? null);
    const { tool } = call.intent;
    const error = call.error ? `${call.error.class}: ${call.error.text}` : 'no reason is known';
    if (call.outcome === 'failed')
        return `${tool} failed and did not take effect. ${error}`;
    const known = call.applied ? 'It did take effect, but its answer is lost.' : 'It may or may not have taken effect.';
    return `The outcome of ${tool} is unknown. ${known} Do not assume that it failed. ${error}`;
}
/** One assistant message with all its calls, then one message with all their results. */
export function messagesOf(calls, text, results) {
    const proposed = calls.map(({ intent, proposed }) => ({
        id: intent.id,
        tool: proposed.tool,
        arguments: proposed.arguments,
    }));
    return [
        { role: 'assistant', text, calls: proposed },
        { role: 'tool', results: results.map(toResult) },
    ];
}
const toResult = ({ id, tool, content, outcome }) => ({ id, tool, content, outcome });
