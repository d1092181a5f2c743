/** Knowing which call acts: the tools of an agent written elsewhere are replaced in place, once a process, by wrappers that are the originals outside a simulation. */
import { scopes } from '../box/scopes.js';
import { digest } from '../core/digest.js';
import { isJson } from '../core/json.js';
import { isAlive } from '../kernel/scope.js';
import { pathOfId } from '../sim/call-id.js';
const wrapped = Symbol.for('stormproof.watched-tool');
const slot = Symbol('call memory');
export function rememberCalls(world) {
    const memory = { failed: new Set(), attempts: new Map() };
    world.kept.set(slot, memory);
    return memory;
}
export function watchTools(tools) {
    for (const [name, tool] of Object.entries(tools)) {
        const execute = tool.execute;
        if (typeof execute !== 'function' || wrapped in execute)
            continue;
        tool.execute = Object.assign(watched(name, execute), { [wrapped]: true });
    }
}
function watched(name, execute) {
    return function (input, ...rest) {
        const scope = scopes.current();
        const id = idIn(rest);
        const call = id === undefined ? undefined : pathOfId(id);
        if (!scope || !isAlive(scope) || call === undefined)
            return execute.call(this, input, ...rest);
        const memory = scope.world.kept.get(slot);
        const attempt = (memory?.attempts.get(call) ?? 0) + 1;
        memory?.attempts.set(call, attempt);
        const own = { ...scope, lane: `${call}/a${attempt}`, call, attempt };
        return observe(own, name, id, memory, () => execute.call(this, input, ...rest));
    };
}
/** AI SDK: `toolCallId` in the second argument; OpenAI Agents: `toolCall.callId` in the third. */
function idIn(rest) {
    for (const value of rest) {
        if (typeof value !== 'object' || value === null)
            continue;
        const { toolCallId, toolCall } = value;
        const id = toolCallId ?? toolCall?.callId;
        if (typeof id === 'string')
            return id;
    }
    return undefined;
}
function observe(scope, tool, id, memory, body) {
    const base = { call: scope.call, tool, attempt: scope.attempt };
    const threw = (error) => {
        memory?.failed.add(id);
        if (isAlive(scope))
            scope.world.emit('tool-returned', { ...base, outcome: 'threw', digest: '', text: error instanceof Error ? error.name : typeof error }, scope.lane);
        throw error;
    };
    const returned = (value) => {
        if (isAlive(scope))
            scope.world.emit('tool-returned', { ...base, outcome: 'ok', digest: digest(value), ...(isJson(value) ? { value: value } : {}) }, scope.lane);
        return value;
    };
    return scopes.run(scope, () => {
        let result;
        try {
            result = body();
        }
        catch (error) {
            return threw(error);
        }
        return result instanceof Promise ? result.then(returned, threw) : returned(result);
    });
}
