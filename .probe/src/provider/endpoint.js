/** A provider's HTTP endpoint over whatever decides the answers: the place where wire formats meet the scripted model. */
import { isStormproofError, StormproofError } from '../core/error.js';
import { codecFor } from './codecs.js';
/**
 * Answers as the provider at the request's URL would: with its refusal of what is malformed or does not pair, else with what
 * `answer` decides. Rejects like `fetch`: `TypeError` for a lost connection, the signal's reason for an abort. Throws a
 * `StormproofError` for what cannot be simulated: `unanswered-host` for another path, `scenario` for a stream.
 */
export function modelEndpoint(options) {
    const stored = new Map();
    const settings = { options, stored, lookup: (id) => stored.get(id) };
    const exchange = (url, method, headers, body, signal) => {
        if (signal?.aborted)
            return Promise.reject(signal.reason);
        return abortable(serve(settings, url, method, headers, body).catch((error) => {
            if (isStormproofError(error))
                options.misused?.(error);
            throw error;
        }), signal);
    };
    const respond = async (request) => exchange(request.url, request.method, request.headers, await request.text(), request.signal);
    return {
        respond,
        handle(url, init) {
            const { body, signal, headers } = init;
            if (typeof body !== 'string')
                return respond(new Request(url, init));
            const read = headers instanceof Headers ? headers : new Headers(headers);
            return exchange(url, init.method?.toUpperCase() ?? 'GET', read, body, signal ?? undefined);
        },
    };
}
async function serve(settings, url, method, headers, text) {
    const { options } = settings;
    const codec = codecFor(url);
    if (!codec || method !== 'POST')
        throw unanswered(method, url);
    const body = parsed(text);
    const decoded = codec.decode(body?.value, { failedCalls: options.failedCalls, stored: settings.lookup });
    if (decoded.stream)
        throw streaming(codec);
    const query = queryOf(codec, decoded, headers);
    const refusal = body ? codec.refuse(body.value, decoded) : codec.notJson;
    const answer = refusal ? await (options.refused?.(query, refusal) ?? refusal) : await options.answer(query);
    if (answer.kind === 'lost')
        throw connectionLost();
    if (answer.kind === 'never')
        return new Promise(() => { });
    return written(settings, codec, answer, decoded, { ...options.stamp(query), model: decoded.model });
}
const queryOf = (codec, decoded, headers) => ({
    messages: decoded.messages,
    tools: decoded.tools,
    profile: codec.profile,
    headers,
    model: decoded.model,
});
function written(settings, codec, reply, decoded, context) {
    if (reply.kind === 'answer' && decoded.store && codec.items) {
        for (const [id, item] of codec.items(reply.answer, context))
            settings.stored.set(id, item);
    }
    return toResponse(codec.encode(reply, context));
}
const toResponse = (answer) => new Response(answer.body, { status: answer.status, headers: answer.headers });
function parsed(text) {
    try {
        return { value: JSON.parse(text) };
    }
    catch {
        return undefined;
    }
}
/** Follows an abort at once, as `fetch` does, whatever the answer is still doing. */
function abortable(answer, signal) {
    if (!signal)
        return answer;
    return new Promise((resolve, reject) => {
        const abort = () => reject(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
}
function connectionLost() {
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });
    return new TypeError('fetch failed', { cause });
}
function streaming(codec) {
    return new StormproofError('scenario', `a request to ${codec.address} asked for a stream (\`stream: true\`)`, {
        remedy: 'streams are not simulated yet: ask for a whole answer (generateText instead of streamText, or stream: false)',
    });
}
function unanswered(method, url) {
    return new StormproofError('unanswered-host', `no simulated provider answers ${method} ${url}`, {
        remedy: 'the model endpoints are POST /v1/chat/completions, /v1/responses and /v1/messages; answer other paths with a backend',
    });
}
