/** Clocks that only go forward: `performance`, `process.hrtime`, `process.uptime`, and `AbortSignal.timeout` which waits on one. */
import { disguise, replace, replaceGetter } from './replace.js';
import { box } from './shared-box.js';
import { timerDelay, VirtualTimer } from './virtual-timer.js';
const storage = box.storage;
const nanosecondsPerMillisecond = 1000000n;
export function installMonotonic() {
    replace(performance, 'now', (original) => reading(original, (scope) => scope.world.now));
    replaceGetter(performance, 'timeOrigin', (original) => {
        return function () {
            const scope = storage.getStore();
            return scope === undefined ? Reflect.apply(original, performance, []) : scope.world.epochMs;
        };
    });
    replace(process, 'uptime', (original) => reading(original, (scope) => scope.world.now / 1000));
    replace(process, 'hrtime', (original) => reading(original, hrtime));
    const bigint = process.hrtime.bigint;
    const virtual = reading(bigint, (scope) => BigInt(Math.trunc(scope.world.now)) * nanosecondsPerMillisecond);
    Object.assign(process.hrtime, { bigint: disguise(virtual, bigint) });
    replace(AbortSignal, 'timeout', abortTimeout);
}
function reading(original, inside) {
    return function (...args) {
        const scope = storage.getStore();
        return scope === undefined ? Reflect.apply(original, this, args) : inside(scope, args, original);
    };
}
function hrtime(scope, [since], original) {
    if (since !== undefined && !(Array.isArray(since) && since.length === 2))
        return original(since);
    const seconds = Math.floor(scope.world.now / 1000);
    const nanoseconds = Math.round((scope.world.now % 1000) * 1e6);
    if (since === undefined)
        return [seconds, nanoseconds];
    const borrowed = nanoseconds < since[1];
    return [seconds - since[0] - (borrowed ? 1 : 0), nanoseconds - since[1] + (borrowed ? 1e9 : 0)];
}
function abortTimeout(original) {
    return function (delay) {
        const scope = storage.getStore();
        const valid = typeof delay === 'number' && Number.isInteger(delay) && delay >= 0 && delay < 2 ** 32;
        if (scope === undefined || !valid)
            return Reflect.apply(original, this, [delay]);
        const controller = new AbortController();
        const expire = () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
        new VirtualTimer(scope, expire, [], timerDelay(delay), false).unref();
        return controller.signal;
    };
}
