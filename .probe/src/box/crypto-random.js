/** Randomness of Web Crypto and `node:crypto` inside a simulation. Hashes, signatures and ciphers stay real: they are pure. */
import * as cryptoNamespace from 'node:crypto';
import { fill } from './random.js';
import { replace } from './replace.js';
import { box } from './shared-box.js';
const storage = box.storage;
const nodeCrypto = cryptoNamespace.default;
export function installCryptoRandom() {
    // Captured before the replacement: the synchronous form validates arguments in Node's own words, and makes the buffer.
    const synchronously = cryptoNamespace.randomFillSync;
    const web = Object.getPrototypeOf(globalThis.crypto);
    for (const target of [web, nodeCrypto])
        replace(target, 'randomUUID', (original) => inside(original, randomUuid));
    replace(web, 'getRandomValues', (original) => inside(original, (scope, [array], self) => overwrite(scope, Reflect.apply(original, self, [array]))));
    replace(nodeCrypto, 'randomBytes', (original) => inside(original, (scope, [size, callback]) => deliver(callback, overwrite(scope, original(size)))));
    for (const name of ['randomFillSync', 'randomFill']) {
        replace(nodeCrypto, name, (original) => inside(original, (scope, args) => {
            const callback = name === 'randomFill' ? args.pop() : undefined;
            if (name === 'randomFill' && typeof callback !== 'function')
                return original(...args, callback);
            const [buffer, offset, size] = args;
            synchronously(...args);
            return deliver(callback, overwrite(scope, buffer, offset, size));
        }));
    }
    replace(nodeCrypto, 'randomInt', (original) => inside(original, (scope, args) => {
        const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
        original(...args);
        const [low, high] = args.length < 2 || args[1] === undefined ? [0, args[0]] : args;
        return deliver(callback, low + below(scope, high - low));
    }));
}
function inside(original, virtual) {
    return function (...args) {
        const scope = storage.getStore();
        return scope === undefined ? Reflect.apply(original, this, args) : virtual(scope, args, this);
    };
}
/** `offset` and `size` count elements, as Node has it. */
function overwrite(scope, target, offset = 0, size) {
    const view = ArrayBuffer.isView(target);
    const bytes = view ? new Uint8Array(target.buffer, target.byteOffset, target.byteLength) : new Uint8Array(target);
    const width = view ? (target.BYTES_PER_ELEMENT ?? 1) : 1;
    fill(scope, bytes.subarray(offset * width, size === undefined ? bytes.length : (offset + size) * width));
    return target;
}
function deliver(callback, value) {
    if (callback === undefined)
        return value;
    process.nextTick(callback, null, value);
    return undefined;
}
function below(scope, range) {
    const bytes = new Uint8Array(8);
    fill(scope, bytes);
    return Number(new DataView(bytes.buffer).getBigUint64(0) % BigInt(range));
}
function randomUuid(scope) {
    const bytes = Buffer.alloc(16);
    fill(scope, bytes);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const text = bytes.toString('hex');
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}
