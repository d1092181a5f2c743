/** Puts a shim in the place of a function so that nobody outside a simulation can tell. */
/** Replaces `target[name]` by what `make` builds around the original; does nothing where there is no such function. */
export function replace(target, name, make) {
    const descriptor = descriptorOf(target, name);
    const original = descriptor?.value;
    if (descriptor === undefined || typeof original !== 'function')
        return;
    Object.defineProperty(target, name, { ...descriptor, value: disguise(make(original), original) });
}
/** The same for an accessor, such as `performance.timeOrigin`. */
export function replaceGetter(target, name, make) {
    const descriptor = descriptorOf(target, name);
    if (descriptor?.get === undefined)
        return;
    Object.defineProperty(target, name, { ...descriptor, get: make(descriptor.get) });
}
/** Gives a shim the name, length, source text and own properties (`util.promisify.custom`, `hrtime.bigint`) of its original. */
export function disguise(shim, original) {
    for (const key of Reflect.ownKeys(original)) {
        const descriptor = Object.getOwnPropertyDescriptor(original, key);
        if (key === 'prototype' || descriptor === undefined)
            continue;
        Object.defineProperty(shim, key, descriptor);
    }
    const text = () => Function.prototype.toString.call(original);
    Object.defineProperty(shim, 'toString', { value: text, writable: true, enumerable: false, configurable: true });
    return shim;
}
function descriptorOf(target, name) {
    for (let at = target; at !== null; at = Object.getPrototypeOf(at)) {
        const descriptor = Object.getOwnPropertyDescriptor(at, name);
        if (descriptor !== undefined)
            return descriptor;
    }
    return undefined;
}
