/** When a batch is over, and what it hands to the model. */
/** Every call has its terminal record: siblings of a failed call are drained, not lost. */
export const allSettled = (batch) => batch.settled.length === batch.calls.length;
export const resultsInCallOrder = (batch, render) => batch.calls.map((call) => resultOf(call, render));
/** The result of one call as it enters the conversation. */
export function resultOf(call, render) {
    const { intent } = call;
    return {
        call: intent.call,
        id: intent.id,
        tool: intent.tool,
        outcome: call.outcome ?? 'unknown',
        content: render(call),
    };
}
