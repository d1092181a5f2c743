/** The same broken histories in canonical words and on each wire, for the tests of refusals. */
export const chatCall = (id, name = 'search') => ({ id, type: 'function', function: { name, arguments: '{}' } });
export const chatCalls = (...ids) => ({
    role: 'assistant',
    content: null,
    tool_calls: ids.map((id) => chatCall(id)),
});
export const chatResult = (id) => ({ role: 'tool', tool_call_id: id, content: 'found' });
export const responsesCall = (id) => ({ type: 'function_call', call_id: id, name: 'search', arguments: '{}' });
export const responsesResult = (id) => ({ type: 'function_call_output', call_id: id, output: 'found' });
export const anthropicCalls = (...ids) => ({
    role: 'assistant',
    content: [
        { type: 'text', text: 'Looking.' },
        ...ids.map((id) => ({ type: 'tool_use', id, name: 'search', input: {} })),
    ],
});
export const anthropicResults = (...ids) => ({
    role: 'user',
    content: ids.map((id) => ({ type: 'tool_result', tool_use_id: id, content: 'found' })),
});
