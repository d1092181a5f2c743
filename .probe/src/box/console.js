/** What the agent prints: kept with its trial, never mixed into ours. */
import { format } from 'node:util';
import { isAlive } from '../kernel/scope.js';
import { inhabitantOf } from './habitat.js';
import { replace } from './replace.js';
import { box } from './shared-box.js';
const methods = {
    debug: 'log',
    dir: 'log',
    error: 'error',
    info: 'log',
    log: 'log',
    trace: 'error',
    warn: 'error',
};
export function installConsole() {
    for (const [name, stream] of Object.entries(methods)) {
        replace(console, name, (original) => capturing(original, (scope, args) => tell(scope, stream, name === 'dir' ? format(args[0]) : format(...args))));
    }
    replace(process.stdout, 'write', (original) => capturing(original, (scope, args) => write(scope, 'log', args)));
    replace(process.stderr, 'write', (original) => capturing(original, (scope, args) => write(scope, 'error', args)));
}
/** Loggers such as pino write to descriptors 1 and 2 themselves. Any other descriptor was opened before, for writing. */
export function captureDescriptor(fileSystem) {
    for (const name of ['write', 'writeSync']) {
        replace(fileSystem, name, (original) => capturing(original, (scope, args, self) => {
            const [descriptor, chunk, offset, length] = args;
            if (descriptor !== 1 && descriptor !== 2)
                return Reflect.apply(original, self, args);
            const part = typeof chunk === 'string' ? Buffer.from(chunk) : slice(chunk, offset, length);
            tell(scope, descriptor === 1 ? 'log' : 'error', part.toString());
            const callback = args.at(-1);
            if (name === 'writeSync')
                return part.length;
            if (typeof callback === 'function' && isAlive(scope))
                process.nextTick(callback, null, part.length, chunk);
            return undefined;
        }));
    }
}
function capturing(original, inside) {
    return function (...args) {
        const scope = box.storage.getStore();
        // Somebody in a world without inhabitant is heard as ever.
        const real = scope === undefined || (isAlive(scope) && inhabitantOf(scope.world) === undefined);
        return real ? Reflect.apply(original, this, args) : inside(scope, args, this);
    };
}
function write(scope, stream, args) {
    const [chunk, encoding] = args;
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString(encodingOf(encoding));
    tell(scope, stream, text);
    const callback = args.at(-1);
    if (typeof callback === 'function')
        process.nextTick(callback);
    return true;
}
function tell(scope, stream, text) {
    if (isAlive(scope))
        inhabitantOf(scope.world)?.onConsole(stream, text.endsWith('\n') ? text.slice(0, -1) : text);
}
function slice(view, offset, length) {
    const from = typeof offset === 'number' ? offset : 0;
    const size = typeof length === 'number' ? length : view.byteLength - from;
    return Buffer.from(view.buffer, view.byteOffset + from, size);
}
function encodingOf(value) {
    return typeof value === 'string' && Buffer.isEncoding(value) ? value : 'utf8';
}
