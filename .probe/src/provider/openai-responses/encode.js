/** Writes a Responses answer. */
import { encodeOpenaiError, openaiHeaders } from '../openai-envelope.js';
import { wireId } from '../wire-id.js';
export function encodeResponses(reply, context) {
    if (reply.kind === 'error')
        return encodeOpenaiError('openai-responses', reply, context);
    const { answer } = reply;
    const { inputTokens, outputTokens } = answer.usage;
    const cut = answer.stop === 'length' ? 'max_output_tokens' : answer.stop === 'content-filter' ? 'content_filter' : null;
    const body = {
        id: `resp_${wireId(context.id)}`,
        object: 'response',
        created_at: context.createdAt,
        status: cut === null ? 'completed' : 'incomplete',
        background: false,
        error: null,
        incomplete_details: cut === null ? null : { reason: cut },
        instructions: null,
        max_output_tokens: null,
        model: context.model,
        output: outputOf(answer, wireId(context.id), cut === null ? 'completed' : 'incomplete'),
        parallel_tool_calls: true,
        previous_response_id: null,
        reasoning: { effort: null, summary: null },
        service_tier: 'default',
        store: true,
        temperature: 1,
        text: { format: { type: 'text' } },
        tool_choice: 'auto',
        tools: [],
        top_p: 1,
        truncation: 'disabled',
        usage: {
            input_tokens: inputTokens,
            input_tokens_details: { cached_tokens: 0 },
            output_tokens: outputTokens,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: inputTokens + outputTokens,
        },
        user: null,
        metadata: {},
    };
    return { status: 200, headers: openaiHeaders(context, inputTokens + outputTokens), body: JSON.stringify(body) };
}
/** The items of an answer under the ids they have on the wire. */
export function itemsOfResponse(answer, context) {
    const name = wireId(context.id);
    const items = answer.calls.map((call, index) => [callId(name, index), { call }]);
    if (hasMessage(answer))
        items.push([messageId(name), { text: answer.text }]);
    return items;
}
const messageId = (name) => `msg_${name}`;
const callId = (name, index) => `fc_${name}${index.toString(16).padStart(2, '0')}`;
/** An answer of calls alone has no message item. */
const hasMessage = (answer) => answer.text !== '' || answer.calls.length === 0;
/** What was cut short is the last item alone. */
function outputOf(answer, name, lastStatus) {
    const output = [];
    if (hasMessage(answer)) {
        const content = answer.stop === 'refusal'
            ? { type: 'refusal', refusal: answer.text }
            : { type: 'output_text', annotations: [], logprobs: [], text: answer.text };
        const status = answer.calls.length === 0 ? lastStatus : 'completed';
        output.push({ id: messageId(name), type: 'message', status, content: [content], role: 'assistant' });
    }
    answer.calls.forEach((call, index) => {
        output.push({
            id: callId(name, index),
            type: 'function_call',
            status: index === answer.calls.length - 1 ? lastStatus : 'completed',
            arguments: call.arguments,
            call_id: call.id,
            name: call.tool,
        });
    });
    return output;
}
