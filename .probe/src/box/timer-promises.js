/** `node:timers/promises` and its scheduler, on the world's clock inside a simulation. */
import * as timersPromisesNamespace from 'node:timers/promises';
import { isAlive } from '../kernel/scope.js';
import { never } from './never.js';
import { replace } from './replace.js';
import { box } from './shared-box.js';
import { timerDelay, VirtualTimer } from './virtual-timer.js';
const storage = box.storage;
const nodeTimersPromises = timersPromisesNamespace.default;
export function installTimerPromises() {
    const scheduler = nodeTimersPromises.scheduler;
    replace(nodeTimersPromises, 'setTimeout', (original) => dispatching(original, 2, (scope, [delay, value, options]) => wait(scope, timerDelay(delay), value, options)));
    replace(nodeTimersPromises, 'setImmediate', (original) => dispatching(original, 1, (scope, [value, options]) => wait(scope, 0, value, options)));
    replace(nodeTimersPromises, 'setInterval', (original) => dispatching(original, 2, (scope, [delay, value, options]) => ticks(scope, timerDelay(delay), value, options)));
    replace(scheduler, 'wait', (original) => dispatching(original, 1, (scope, [delay, options]) => wait(scope, timerDelay(delay), undefined, options)));
    replace(scheduler, 'yield', (original) => dispatching(original, 0, (scope) => wait(scope, 0, undefined, undefined)));
}
/** `optionsAt`: which argument holds the options. Malformed ones go to Node, which refuses them in its own words. */
function dispatching(original, optionsAt, inside) {
    return function (...args) {
        const scope = storage.getStore();
        if (scope === undefined || !wellFormed(args[optionsAt]))
            return Reflect.apply(original, this, args);
        return inside(scope, args);
    };
}
function wellFormed(options) {
    if (options === undefined)
        return true;
    if (typeof options !== 'object' || options === null)
        return false;
    const { signal, ref } = options;
    return (signal === undefined || signal instanceof AbortSignal) && (ref === undefined || typeof ref === 'boolean');
}
function wait(scope, delayMs, value, options) {
    if (!isAlive(scope))
        return never();
    const signal = options?.signal;
    if (signal?.aborted)
        return Promise.reject(abortError(signal));
    return new Promise((resolve, reject) => {
        const abort = () => {
            timer.cancel();
            if (isAlive(scope))
                reject(abortError(signal));
        };
        const fire = () => {
            signal?.removeEventListener('abort', abort);
            resolve(value);
        };
        const timer = new VirtualTimer(scope, fire, [], delayMs, false);
        if (options?.ref === false)
            timer.unref();
        signal?.addEventListener('abort', abort, { once: true });
    });
}
async function* ticks(scope, delayMs, value, options) {
    const signal = options?.signal;
    let due = 0;
    let wake;
    const count = () => {
        due++;
        wake?.();
    };
    const interval = new VirtualTimer(scope, count, [], delayMs, true);
    if (options?.ref === false)
        interval.unref();
    const abort = () => wake?.();
    signal?.addEventListener('abort', abort, { once: true });
    try {
        for (;;) {
            if (!isAlive(scope))
                await never();
            if (signal?.aborted)
                throw abortError(signal);
            if (due === 0)
                await new Promise((resolve) => (wake = resolve));
            for (; due > 0; due--)
                yield value;
        }
    }
    finally {
        interval.cancel();
        signal?.removeEventListener('abort', abort);
    }
}
/** Node does not export its own; this one cannot be told from it by name, code, message or cause. */
function abortError(signal) {
    const error = new Error('The operation was aborted', { cause: signal.reason });
    return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
