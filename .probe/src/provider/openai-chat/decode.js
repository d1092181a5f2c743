/** Reads a Chat Completions request. */
import { StormproofError } from '../../core/error.js';
import { contentText, list, loose, string } from '../loose.js';
import { Transcript } from '../transcript.js';
export function decodeChat(value, options = {}) {
    const body = loose(value);
    const transcript = new Transcript();
    list(body.messages).forEach((message, place) => {
        readMessage(message, place, transcript, options);
    });
    return {
        messages: transcript.messages,
        places: transcript.places,
        tools: list(body.tools).flatMap(readTool),
        model: string(body.model),
        stream: body.stream === true,
        store: false,
    };
}
function readMessage(value, place, transcript, options) {
    const message = loose(value);
    const text = contentText(message.content);
    if (message.role === 'system' || message.role === 'developer')
        transcript.add({ role: 'system', text }, place);
    else if (message.role === 'user')
        transcript.add({ role: 'user', text }, place);
    else if (message.role === 'tool') {
        const id = string(message.tool_call_id);
        transcript.result(id, text, options.failedCalls?.(id) ? 'failed' : 'ok', place, 'history');
    }
    else if (message.role === 'assistant') {
        if (message.function_call)
            throw deprecated();
        transcript.assistant(text || string(message.refusal), list(message.tool_calls).map(readCall), place);
    }
    else if (message.role === 'function')
        throw deprecated();
}
function readCall(value) {
    const call = loose(value);
    const body = loose(call.function ?? call.custom);
    return { id: string(call.id), tool: string(body.name), arguments: string(body.arguments ?? body.input) };
}
function readTool(value) {
    const tool = loose(value);
    const spec = loose(tool.function);
    if (tool.type !== 'function')
        return [];
    return [{ name: string(spec.name), description: string(spec.description), inputSchema: spec.parameters ?? {} }];
}
function deprecated() {
    return new StormproofError('scenario', 'a Chat Completions request used the deprecated `function_call`, which is not simulated', {
        remedy: 'declare tools and answer with messages of role `tool`',
    });
}
