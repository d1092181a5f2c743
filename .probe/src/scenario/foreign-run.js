/** An agent that knows nothing of us, living in a world: the world tells its run's beginning and end on its behalf. */
import { scopes } from '../box/scopes.js';
import { isJson } from '../core/json.js';
import { isAlive } from '../kernel/scope.js';
import { rootScope } from './own-run.js';
const restartMs = 1_000;
const unlimited = Number.MAX_SAFE_INTEGER;
/** Nothing is declared about a foreign agent's limits. */
const limits = { turns: unlimited, timeMs: unlimited, callsPerTurn: unlimited, inFlight: unlimited, attempts: unlimited };
export function foreignRun(setting, name, run, restart, settled) {
    const { world } = setting;
    let open = true;
    const settle = (scope, status, reason, result) => {
        if (!isAlive(scope) || !open)
            return;
        open = false;
        const json = isJson(result) ? result : undefined;
        world.emit('run-end', { status, reason, text: typeof result === 'string' ? result : '', residue: [] }, 'run');
        world.emit('run-settled', { status, reason, result: json }, 'run');
        settled({ status, reason, result });
        world.rootSettled();
    };
    const begin = (body) => {
        const scope = rootScope(world);
        scopes.run(scope, () => {
            new Promise((resolve) => resolve(body())).then(drained).then((result) => settle(scope, 'completed', 'returned', result), (error) => settle(scope, 'failed', error instanceof Error ? error.name : 'threw', undefined));
        });
    };
    return {
        // Which of a foreign agent's timers matter is not ours to say: a client may keep one for its connections.
        leftTimers: () => 0,
        scope: () => rootScope(world),
        start: () => {
            world.emit('run-start', { session: 'main', agent: name, prompt: '', instructions: '', limits, saga: false, at: world.now }, 'run');
            begin(run);
        },
        crash: restart &&
            (() => {
                if (!open)
                    return;
                world.emit('crash', { epoch: world.incarnation }, 'world');
                world.nextIncarnation();
                world.timer(restartMs, () => {
                    world.emit('restart', { epoch: world.incarnation }, 'world');
                    begin(restart);
                });
            }),
    };
}
/** A result that is a stream is read to its end: until then the agent is not done. */
async function drained(result) {
    if (result instanceof Response)
        return result.text();
    const parts = iterable(result);
    if (!parts)
        return result;
    const all = [];
    for await (const part of parts)
        all.push(part);
    return all.every((part) => typeof part === 'string') ? all.join('') : all;
}
function iterable(value) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    if (Symbol.asyncIterator in value)
        return value;
    const { textStream } = value;
    return typeof textStream === 'object' && textStream !== null && Symbol.asyncIterator in textStream ? textStream : undefined;
}
