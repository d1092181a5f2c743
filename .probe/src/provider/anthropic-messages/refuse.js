/** How Anthropic refuses a request: malformed, or with calls and results that do not pair. */
import { strictPairing } from '../../core/pairing.js';
import { refusal } from '../codec.js';
import { list, loose } from '../loose.js';
export function refuseAnthropic(value, decoded) {
    const body = loose(value);
    const absent = ['model', 'messages', 'max_tokens'].find((name) => body[name] === undefined);
    if (absent)
        return refusal(`${absent}: Field required`);
    const messages = list(body.messages);
    if (messages.length === 0)
        return refusal('messages: at least one message is required');
    return unknownRole(messages) ?? emptyContent(messages) ?? unpaired(messages, decoded);
}
function unknownRole(messages) {
    for (const message of messages) {
        const { role } = loose(message);
        if (role === 'user' || role === 'assistant')
            continue;
        return role === 'system'
            ? lateSystem
            : refusal(`messages: Unexpected role "${String(role)}". Allowed roles are "user" or "assistant".`);
    }
    return undefined;
}
const lateSystem = refusal('messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.');
function emptyContent(messages) {
    const at = messages.findIndex((message, index) => {
        const { role, content } = loose(message);
        const empty = content === '' || (Array.isArray(content) && content.length === 0);
        return empty && !(role === 'assistant' && index === messages.length - 1);
    });
    if (at < 0)
        return undefined;
    return refusal(`messages.${at}: all messages must have non-empty content except for the optional final assistant message`);
}
function unpaired(messages, decoded) {
    const fault = strictPairing(decoded.messages);
    if (!fault)
        return undefined;
    const place = decoded.places[fault.at];
    const blocks = list(loose(messages[place]).content);
    return refusal(wording(fault, place, blocks, decoded.messages[fault.at].role === 'tool'));
}
function wording(fault, place, blocks, ofResults) {
    const id = fault.ids[0];
    switch (fault.kind) {
        case 'missing-results':
            return `messages.${place}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${fault.ids.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
        case 'orphan-result':
            return `messages.${place}.content.${blockOf(blocks, id, 1)}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
        case 'duplicate-id':
            return ofResults
                ? `messages.${place}.content.${blockOf(blocks, id, 2)}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`
                : `messages.${place}.content.${blockOf(blocks, id, 2)}: \`tool_use\` ids must be unique`;
        default: {
            const field = ofResults ? 'tool_result.tool_use_id' : 'tool_use.id';
            return `messages.${place}.content.${blockOf(blocks, '', 1)}.${field}: String should match pattern '^[a-zA-Z0-9_-]+$'`;
        }
    }
}
/** Index of the n-th block that carries an id; an absent id counts as an empty one. */
function blockOf(blocks, id, nth) {
    let left = nth;
    return blocks.findIndex((each) => {
        const block = loose(each);
        const own = block.type === 'tool_use' ? block.id : block.type === 'tool_result' ? block.tool_use_id : undefined;
        const matches = (block.type === 'tool_use' || block.type === 'tool_result') && (own ?? '') === id;
        if (matches)
            left -= 1;
        return matches && left === 0;
    });
}
