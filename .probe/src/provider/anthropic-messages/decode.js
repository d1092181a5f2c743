/** Reads an Anthropic Messages request. */
import { contentText, list, loose, string } from '../loose.js';
import { Transcript } from '../transcript.js';
export function decodeAnthropic(value) {
    const body = loose(value);
    const transcript = new Transcript();
    const system = contentText(body.system);
    if (system !== '')
        transcript.add({ role: 'system', text: system }, -1);
    list(body.messages).forEach((each, place) => {
        const message = loose(each);
        if (message.role === 'assistant')
            readAssistant(message.content, place, transcript);
        else if (message.role === 'user')
            readUser(message.content, place, transcript);
        else if (message.role === 'system')
            transcript.add({ role: 'system', text: contentText(message.content) }, place);
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
function readAssistant(content, place, transcript) {
    if (!Array.isArray(content))
        return void transcript.assistant(string(content), [], place);
    const calls = [];
    const texts = [];
    for (const each of content) {
        const block = loose(each);
        // Thinking and the tools that run at the provider say nothing a scripted model reads.
        if (block.type === 'text')
            texts.push(string(block.text));
        else if (block.type === 'tool_use') {
            calls.push({ id: string(block.id), tool: string(block.name), arguments: JSON.stringify(block.input ?? {}) });
        }
    }
    transcript.assistant(texts.join('\n'), calls, place);
}
/** Text and results keep their order, so that text before a result parts it from its call, as it does at the provider. */
function readUser(content, place, transcript) {
    if (!Array.isArray(content))
        return void transcript.add({ role: 'user', text: string(content) }, place);
    let parts = [];
    const flush = () => {
        if (parts.length > 0)
            transcript.add({ role: 'user', text: contentText(parts) }, place);
        parts = [];
    };
    for (const each of content) {
        const block = loose(each);
        if (block.type === 'tool_result') {
            flush();
            const outcome = block.is_error === true ? 'failed' : 'ok';
            transcript.result(string(block.tool_use_id), contentText(block.content), outcome, place, 'message');
        }
        else
            parts.push(each);
    }
    flush();
}
/** Tools without a schema run at the provider. */
function readTool(value) {
    const tool = loose(value);
    if (tool.input_schema === undefined)
        return [];
    return [{ name: string(tool.name), description: string(tool.description), inputSchema: tool.input_schema }];
}
