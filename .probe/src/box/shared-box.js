/** The one box of a process: state that duplicate copies of this package must share, kept on `globalThis`. */
import { AsyncLocalStorage } from 'node:async_hooks';
const key = Symbol.for('stormproof.box');
function create() {
    return {
        storage: new AsyncLocalStorage(),
        native: { pending: new Map(), immediates: false, ours: false, watched: false },
        keys: { holders: 0, originals: new Map() },
        real: undefined,
        installed: false,
    };
}
const slots = globalThis;
if (slots[key] === undefined)
    slots[key] = create();
export const box = slots[key];
