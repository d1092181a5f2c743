/** `fetch`: answered by the world's network inside a simulation, by nobody for the dead, real outside. */
import { isAlive } from '../kernel/scope.js';
import { callSite } from './call-site.js';
import { inhabitantOf } from './habitat.js';
import { never } from './never.js';
import { replace } from './replace.js';
import { box } from './shared-box.js';
export function installFetch() {
    replace(globalThis, 'fetch', (original) => dispatching(original));
}
function dispatching(original) {
    return function (input, init) {
        const scope = box.storage.getStore();
        if (scope === undefined)
            return Reflect.apply(original, this, init === undefined ? [input] : [input, init]);
        if (!isAlive(scope))
            return never();
        const request = input instanceof Request ? input : undefined;
        const url = resolveUrl(request?.url ?? String(input));
        // Node's own refusal; and data and blob URLs never leave the process.
        if (url === undefined || url.protocol === 'data:' || url.protocol === 'blob:')
            return original(input, init);
        return answer(scope, url, init, request);
    };
}
function resolveUrl(text) {
    return URL.canParse(text) ? new URL(text) : undefined;
}
function answer(scope, url, init, request) {
    const signal = init?.signal ?? request?.signal;
    if (signal?.aborted)
        return Promise.reject(signal.reason);
    const inhabitant = inhabitantOf(scope.world);
    const response = inhabitant?.network(url.href, init, request);
    if (response === undefined) {
        const method = (init?.method ?? request?.method ?? 'GET').toUpperCase();
        inhabitant?.onUnanswered({ method, url: url.href, where: callSite() });
        return Promise.reject(unresolved(url.hostname));
    }
    return new Promise((resolve, reject) => {
        // The answer may come after a crash: the dead never learn of it.
        const abort = () => {
            if (isAlive(scope))
                reject(signal?.reason);
        };
        const settled = () => {
            signal?.removeEventListener('abort', abort);
            return isAlive(scope);
        };
        signal?.addEventListener('abort', abort, { once: true });
        response.then((value) => settled() && resolve(value), (error) => settled() && reject(error));
    });
}
/** What Node's fetch rejects with when a host name has no address. */
function unresolved(hostname) {
    const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
        errno: -3008,
        code: 'ENOTFOUND',
        syscall: 'getaddrinfo',
        hostname,
    });
    return new TypeError('fetch failed', { cause });
}
