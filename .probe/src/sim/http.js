/** Simulated services met over plain HTTP: a request is matched to an operation, its answer dressed as a response. */
import { checkStrict } from '../core/schema.js';
import { isAlive } from '../kernel/scope.js';
import { operate } from './operate.js';
import { requestSite } from './site.js';
/** Answers requests below the service's base URL; undefined for hosts and paths that are not its own. */
export function httpService(setting, service) {
    const base = service.definition.baseUrl;
    const matchers = Object.entries(service.definition.operations).flatMap(([operation, { http }]) => (http ? [matcherOf(operation, http)] : []));
    const sent = new Map();
    return (request) => {
        if (base === undefined || !request.url.startsWith(base))
            return undefined;
        const [path = '', query = ''] = request.url.slice(base.length).split('?');
        for (const matcher of matchers) {
            const found = matcher.method === request.method && matcher.pattern.exec(path);
            if (found)
                return respond(setting, service, matcher, found, query, request, sent);
        }
        return undefined;
    };
}
function matcherOf(operation, route) {
    const [method = '', path = ''] = route.split(' ');
    const names = [];
    const source = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:(\w+)/g, (_whole, name) => {
        names.push(name);
        return '([^/]+)';
    });
    return { operation, method, pattern: new RegExp(`^${source}/?$`), names };
}
function respond(setting, service, matcher, found, query, request, sent) {
    const scope = setting.world.scopes.current();
    if (!scope || !isAlive(scope))
        return new Promise(() => undefined);
    const implementation = service.definition.operations[matcher.operation];
    const input = inputOf(implementation, matcher, found, query, request.body);
    return new Promise((resolve, reject) => {
        const backendRequest = {
            operation: matcher.operation,
            input,
            key: request.headers.get('idempotency-key') ?? undefined,
            site: requestSite(scope, service.name, matcher.operation, input, sent),
            lane: scope.lane,
            call: scope.call,
            attempt: scope.attempt,
            where: setting.callSite?.(),
        };
        operate(setting, service, backendRequest, scope, (answer) => {
            if (answer.kind === 'lost')
                reject(fetchFailed('ECONNRESET', 'the connection broke'));
            else
                resolve(responseTo(answer));
        });
    });
}
/** Path, query and body as one object; texts of path and query become numbers or booleans where only that fits the schema. */
function inputOf(implementation, matcher, found, query, body) {
    const texts = Object.fromEntries(new URLSearchParams(query));
    matcher.names.forEach((name, index) => {
        texts[name] = decodeURIComponent(found[index + 1]);
    });
    const parsed = parseBody(body);
    if (parsed !== undefined && (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)))
        return parsed;
    const asSent = { ...parsed, ...texts };
    if (Object.keys(texts).length === 0 || checkStrict(implementation.schema, asSent).ok)
        return asSent;
    const typed = { ...parsed, ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, typedText(String(text))])) };
    return checkStrict(implementation.schema, typed).ok ? typed : asSent;
}
function typedText(text) {
    if (text === 'true' || text === 'false')
        return text === 'true';
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
function parseBody(body) {
    if (body === '')
        return undefined;
    try {
        return JSON.parse(body);
    }
    catch {
        return body;
    }
}
function responseTo(answer) {
    switch (answer.kind) {
        case 'value':
            if (answer.value === undefined)
                return json(404, { error: 'not found' });
            if (typeof answer.value === 'string')
                return new Response(answer.value, { status: 200, headers: { 'content-type': 'text/html' } });
            return json(200, answer.value);
        case 'refused':
            return json(answer.status, { error: answer.text }, answer.afterMs === undefined ? {} : { 'retry-after': String(answer.afterMs / 1000) });
        case 'broken':
            return json(answer.status, answer.body);
        case 'threw':
            return json(500, { error: answer.error.message });
    }
}
function json(status, body, headers = {}) {
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}
/** The error `fetch` rejects with when the network fails: the cause carries the code. */
export function fetchFailed(code, text) {
    return new TypeError('fetch failed', { cause: Object.assign(new Error(text), { code }) });
}
