/** A backend come to life in one world: its state, the keys it has seen, and what each request truly did. */
import { canonical, copy } from '../core/json.js';
import { check } from '../core/schema.js';
import { refused } from './answer.js';
import { drawFrom } from './draw.js';
export function bringToLife(world, name, definition, faults) {
    const draw = drawFrom(world, name);
    const state = definition.state(drawFrom(world, `${name}.state`));
    const remembered = new Map();
    const effects = new Map();
    const carryOut = (request, extent) => {
        const implementation = definition.operations[request.operation];
        const asked = implementation.kind === 'write' && implementation.keyed && request.key !== undefined;
        const memory = asked ? remembered.get(`${request.operation}/${request.key}`) : undefined;
        if (memory) {
            if (memory.input === canonical(request.input))
                return { kind: 'value', value: copy(memory.answer) };
            return refused(422, 'this idempotency key was used with other arguments', 'never');
        }
        const input = extent === 'part' ? (implementation.partial(request.input) ?? request.input) : request.input;
        const value = implementation.apply(state, input, drawFrom(world, request.site));
        if (implementation.kind === 'write')
            record(world, name, implementation, request, input, value, effects);
        if (asked)
            remembered.set(`${request.operation}/${request.key}`, { input: canonical(request.input), answer: copy(value) });
        return { kind: 'value', value: copy(value) };
    };
    return {
        name,
        definition,
        faults,
        draw,
        carryOut,
        admit: (operation, input) => {
            const implementation = definition.operations[operation];
            const checked = check(implementation.schema, input);
            if (checked.ok)
                return { input: checked.value };
            return { refusal: refused(400, `the input does not fit: ${checked.issues.join('; ')}`, 'never') };
        },
    };
}
function record(world, backend, implementation, request, input, value, effects) {
    const undone = implementation.undoes?.(input);
    const target = undone && [...effects].find(([row, answer]) => row.operation === undone.operation && !row.compensated && undone.matches(row.input, answer));
    const once = implementation.once(request.input);
    const row = world.ledger.apply({ backend, operation: request.operation, input: copy(input), key: request.key, once, at: world.now });
    effects.set(row, value);
    const event = {
        backend,
        operation: request.operation,
        kind: 'write',
        site: request.site,
        input: row.input,
        key: request.key,
        call: request.call,
        attempt: request.attempt,
        effect: row.effect,
        once,
        ...(request.where ? { where: request.where } : {}),
    };
    if (!target) {
        world.emit('effect-applied', event, request.lane);
        return;
    }
    world.ledger.compensate(target[0].effect);
    world.emit('effect-applied', { ...event, compensates: target[0].effect }, request.lane);
    world.emit('effect-compensated', { ...event, effect: target[0].effect }, request.lane);
}
