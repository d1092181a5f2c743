/** How Chat Completions refuses a request: malformed, or with calls and results that do not pair. */
import { strictPairing } from '../../core/pairing.js';
import { refusal } from '../codec.js';
import { list, loose } from '../loose.js';
/** Two calls of one id are served; two answers to one id are not. */
const rules = { uniqueCalls: false, uniqueResults: true, systemFirst: false };
const roles = new Set(['system', 'assistant', 'user', 'function', 'tool', 'developer']);
export function refuseChat(value, decoded) {
    const body = loose(value);
    if (decoded.model === '')
        return refusal('you must provide a model parameter');
    if (!Array.isArray(body.messages))
        return missing('messages');
    if (body.messages.length === 0) {
        return refusal("Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", { param: 'messages', code: 'empty_array' });
    }
    return unknownRole(body.messages) ?? unpaired(body.messages, decoded);
}
function missing(parameter) {
    return refusal(`Missing required parameter: '${parameter}'.`, {
        param: parameter,
        code: 'missing_required_parameter',
    });
}
function unknownRole(messages) {
    const at = messages.findIndex((message) => !roles.has(loose(message).role));
    if (at < 0)
        return undefined;
    const role = String(loose(messages[at]).role);
    return refusal(`Invalid value: '${role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.`, { param: `messages[${at}].role`, code: 'invalid_value' });
}
function unpaired(messages, decoded) {
    const fault = strictPairing(decoded.messages, rules);
    if (!fault)
        return undefined;
    const place = decoded.places[fault.at];
    switch (fault.kind) {
        case 'missing-results':
            return refusal(`An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${fault.ids.join(', ')}`, { param: 'messages' });
        case 'empty-id':
            return emptyId(messages, place);
        case 'duplicate-id':
            return repeatedResult(messages, place, fault.ids[0]);
        default: {
            const at = resultPlaces(messages, place).find((index) => fault.ids.includes(resultId(messages[index])));
            const text = "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
            return refusal(text, { param: `messages.[${at}].role` });
        }
    }
}
const resultId = (message) => loose(message).tool_call_id;
/** Indices of the tool messages that begin at a place. */
function resultPlaces(messages, from) {
    const places = [];
    for (let at = from; loose(messages[at]).role === 'tool'; at++)
        places.push(at);
    return places;
}
function repeatedResult(messages, from, id) {
    const [first, second] = resultPlaces(messages, from).filter((at) => resultId(messages[at]) === id);
    return refusal(`Invalid parameter: Duplicate value for 'tool_call_id' of '${id}', in messages[${first}] and messages[${second}].`, { param: `messages.[${second}].tool_call_id` });
}
/** An id that is absent, no string, or empty: all are spoken of as empty. */
function emptyId(messages, place) {
    const calls = list(loose(messages[place]).tool_calls);
    const call = calls.findIndex((each) => !loose(each).id);
    const result = resultPlaces(messages, place).find((at) => !resultId(messages[at]));
    const param = call < 0 ? `messages[${result}].tool_call_id` : `messages[${place}].tool_calls[${call}].id`;
    return refusal(`Invalid '${param}': empty string. Expected a string with minimum length 1, but got an empty string instead.`, { param, code: 'empty_string' });
}
