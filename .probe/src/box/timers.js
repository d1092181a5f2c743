/** Timers: the world's inside a simulation, none for the dead, Node's own outside. */
import * as timersNamespace from 'node:timers';
import { isAlive } from '../kernel/scope.js';
import { habitatOf } from './habitat.js';
import { replace } from './replace.js';
import { box } from './shared-box.js';
import { timerDelay, VirtualTimer } from './virtual-timer.js';
const storage = box.storage;
/** The CommonJS object behind a built-in module: writing to it, then `syncBuiltinESMExports()`, reaches every importer. */
const nodeTimers = timersNamespace.default;
const globals = globalThis;
export function installTimers() {
    install('setTimeout', (original) => starting(original, false));
    install('setInterval', (original) => starting(original, true));
    install('setImmediate', startingImmediate);
    for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'])
        install(name, clearing);
}
/** The global function and the module's are one, unless an environment (jsdom) brought its own globals. */
function install(name, make) {
    const same = globals[name] === nodeTimers[name];
    replace(globalThis, name, make);
    if (same)
        nodeTimers[name] = globals[name];
    else
        replace(nodeTimers, name, make);
}
function starting(original, repeats) {
    return function (callback, delay, ...args) {
        const scope = storage.getStore();
        // Node's own refusal of what is not a function.
        if (scope === undefined || typeof callback !== 'function') {
            return Reflect.apply(original, this, [callback, delay, ...args]);
        }
        return new VirtualTimer(scope, callback, args, timerDelay(delay), repeats);
    };
}
function startingImmediate(original) {
    return function (callback, ...args) {
        const scope = storage.getStore();
        if (scope === undefined || typeof callback !== 'function')
            return Reflect.apply(original, this, [callback, ...args]);
        return new VirtualTimer(scope, callback, args, 0, false);
    };
}
function clearing(original) {
    return function (handle) {
        if (handle instanceof VirtualTimer) {
            handle.cancel();
            return;
        }
        const scope = storage.getStore();
        if (scope === undefined || (typeof handle !== 'number' && typeof handle !== 'string')) {
            Reflect.apply(original, this, [handle]);
            return;
        }
        if (isAlive(scope))
            habitatOf(scope.world).timersById.get(Number(handle))?.cancel();
    };
}
