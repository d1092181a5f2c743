/** `Date` that reads the world's wall clock inside a simulation; the dead read the last wall time of theirs. */
import { real } from './real.js';
import { disguise } from './replace.js';
import { box } from './shared-box.js';
export function installDate() {
    globalThis.Date = dispatchingDate(real.Date);
}
function dispatchingDate(RealDate) {
    const storage = box.storage;
    const realNow = RealDate.now;
    function shim(...args) {
        const scope = storage.getStore();
        if (new.target === undefined)
            return scope === undefined ? RealDate() : new RealDate(scope.world.wall).toString();
        const given = args.length > 0 || scope === undefined ? args : [scope.world.wall];
        return Reflect.construct(RealDate, given, new.target === shim ? RealDate : new.target);
    }
    const disguised = disguise(shim, RealDate);
    // One prototype for both: `instanceof` holds for instances of either, and of subclasses of either.
    Object.defineProperty(disguised, 'prototype', { value: RealDate.prototype, writable: false });
    Object.defineProperty(RealDate.prototype, 'constructor', { value: disguised, writable: true, configurable: true });
    const now = () => {
        const scope = storage.getStore();
        return scope === undefined ? realNow() : scope.world.wall;
    };
    Object.defineProperty(disguised, 'now', { value: disguise(now, realNow), writable: true, configurable: true });
    return disguised;
}
