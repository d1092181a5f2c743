/** How the Responses API refuses a request: malformed, with lost items, or with calls and outputs that do not pair. */
import { strictPairing } from '../../core/pairing.js';
import { refusal } from '../codec.js';
import { list, loose } from '../loose.js';
const rules = { uniqueCalls: false, uniqueResults: false, systemFirst: false };
export function refuseResponses(value, decoded) {
    const body = loose(value);
    if (decoded.model === '') {
        return refusal("Missing required parameter: 'model'.", { param: 'model', code: 'missing_required_parameter' });
    }
    if (typeof body.input !== 'string' && !Array.isArray(body.input)) {
        const text = 'One of "input" or "previous_response_id" or \'prompt\' or \'conversation_id\' must be provided.';
        return refusal(text, { param: 'input', code: 'missing_required_parameter' });
    }
    if (decoded.lostItem !== undefined)
        return lost(decoded.lostItem);
    return unpaired(list(body.input), decoded);
}
function lost(id) {
    return {
        kind: 'error',
        error: 'not-found',
        text: `Item with id '${id}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`,
        param: 'input',
        code: null,
    };
}
function unpaired(items, decoded) {
    const fault = strictPairing(decoded.messages, rules);
    if (!fault)
        return undefined;
    const id = fault.ids[0];
    switch (fault.kind) {
        case 'missing-results':
            return refusal(`No tool output found for function call ${id}.`, { param: 'input' });
        case 'empty-id': {
            const param = `input[${items.findIndex(hasEmptyId)}].call_id`;
            return refusal(`Invalid '${param}': empty string. Expected a string with minimum length 1, but got an empty string instead.`, { param, code: 'empty_string' });
        }
        default:
            return refusal(`No tool call found for function call output with call_id ${id}.`, { param: 'input' });
    }
}
function hasEmptyId(value) {
    const item = loose(value);
    return !item.call_id && (item.type === 'function_call' || item.type === 'function_call_output');
}
