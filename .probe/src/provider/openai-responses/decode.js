/** Reads a Responses request: a list of items, in which a result belongs to its call wherever it stands. */
import { StormproofError } from '../../core/error.js';
import { contentText, list, loose, string } from '../loose.js';
export function decodeResponses(value, options = {}) {
    const body = loose(value);
    refuseServerState(body);
    const drafts = [];
    if (typeof body.instructions === 'string')
        drafts.push(plain('system', body.instructions, -1));
    if (typeof body.input === 'string')
        drafts.push(plain('user', body.input, 0));
    const reading = { drafts, byCall: new Map(), options, lostItem: undefined };
    list(body.input).forEach((item, place) => {
        readItem(item, place, reading);
    });
    return {
        ...settle(drafts),
        tools: list(body.tools).flatMap(readTool),
        model: string(body.model),
        stream: body.stream === true,
        store: body.store !== false,
        ...(reading.lostItem !== undefined && { lostItem: reading.lostItem }),
    };
}
const plain = (role, text, place) => ({
    role,
    text,
    calls: [],
    results: [],
    place,
    resultPlace: place,
});
function readItem(value, place, reading) {
    const item = loose(value);
    const type = item.type ?? 'message';
    const id = string(item.call_id);
    if (type === 'message')
        readMessage(item.role, contentText(item.content), place, reading);
    else if (type === 'function_call' || type === 'custom_tool_call') {
        readCall({ id, tool: string(item.name), arguments: string(item.arguments ?? item.input) }, place, reading);
    }
    else if (type === 'function_call_output' || type === 'custom_tool_call_output') {
        readResult(id, contentText(item.output), place, reading);
    }
    else if (type === 'item_reference')
        readReference(string(item.id), place, reading);
    // Reasoning and the tools that run at the provider say nothing a scripted model reads.
}
function readMessage(role, text, place, reading) {
    if (role === 'system' || role === 'developer')
        reading.drafts.push(plain('system', text, place));
    else if (role === 'user' || role === 'assistant')
        reading.drafts.push(plain(role, text, place));
}
function readCall(call, place, reading) {
    let draft = reading.drafts.at(-1);
    if (draft?.role !== 'assistant' || draft.results.length > 0) {
        draft = plain('assistant', '', place);
        reading.drafts.push(draft);
    }
    draft.calls.push(call);
    reading.byCall.set(call.id, draft);
}
function readResult(id, content, place, reading) {
    const outcome = reading.options.failedCalls?.(id) ? 'failed' : 'ok';
    let draft = reading.byCall.get(id);
    const tool = draft?.calls.find((call) => call.id === id)?.tool ?? '';
    if (!draft) {
        const last = reading.drafts.at(-1);
        draft = last?.role === 'tool' ? last : plain('tool', '', place);
        if (draft !== last)
            reading.drafts.push(draft);
    }
    if (draft.results.length === 0)
        draft.resultPlace = place;
    draft.results.push({ id, tool, content, outcome });
}
function readReference(id, place, reading) {
    if (!reading.options.stored)
        return;
    const item = reading.options.stored(id);
    if (!item)
        reading.lostItem ??= id;
    else if ('call' in item)
        readCall(item.call, place, reading);
    else
        readMessage('assistant', item.text, place, reading);
}
function settle(drafts) {
    const messages = [];
    const places = [];
    for (const { role, text, calls, results, place, resultPlace } of drafts) {
        if (role !== 'tool') {
            messages.push(role === 'assistant' ? { role, text, calls } : { role, text });
            places.push(place);
        }
        if (results.length > 0) {
            messages.push({ role: 'tool', results });
            places.push(resultPlace);
        }
    }
    return { messages, places };
}
function readTool(value) {
    const tool = loose(value);
    if (tool.type !== 'function')
        return [];
    return [{ name: string(tool.name), description: string(tool.description), inputSchema: tool.parameters ?? {} }];
}
function refuseServerState(body) {
    const used = ['previous_response_id', 'conversation', 'background'].find((name) => Boolean(body[name]));
    if (!used)
        return;
    throw new StormproofError('scenario', `a Responses request used \`${used}\`, which is not simulated`, {
        remedy: 'send the whole history as `input` and wait for the answer',
    });
}
