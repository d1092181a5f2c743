/** `process.exit` inside a simulation: told to the world, never done. */
import { StormproofError } from '../core/error.js';
import { isAlive } from '../kernel/scope.js';
import { inhabitantOf } from './habitat.js';
import { replace } from './replace.js';
import { box } from './shared-box.js';
export function installProcessExit() {
    replace(process, 'exit', refusing);
}
function refusing(original) {
    return function (...args) {
        const scope = box.storage.getStore();
        if (scope === undefined)
            return Reflect.apply(original, this, args);
        const code = Number(args[0] ?? process.exitCode ?? 0);
        if (isAlive(scope))
            inhabitantOf(scope.world)?.onExit(code);
        throw new StormproofError('scenario', `the agent called process.exit(${code}) inside a simulation`, {
            remedy: 'let the agent return or throw instead of ending its process',
        });
    };
}
