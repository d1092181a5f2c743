/** A tool of this runtime: plain data that says what it takes, what it gives, what it changes and how it is undone. */
import { StormproofError } from '../core/error.js';
import { toJsonSchema } from '../core/schema.js';
import { toolTimeoutMs } from './defaults.js';
/**
 * Defines a tool. `write` needs `execute` to take the key; `irreversible` has no `compensate`.
 * Throws a `config` error for a tool that could not be run safely: no schema, no name, a timeout that is no number.
 */
export function defineTool(tool) {
    const given = tool;
    const { name, description, effect, input, output, execute, compensate, reconcile } = given;
    const timeoutMs = given.timeoutMs ?? toolTimeoutMs;
    requireThat(typeof name === 'string' && name !== '', 'a tool needs a name');
    requireThat(isSchema(input) && isSchema(output), `tool ${name} needs an input schema and an output schema`);
    requireThat(typeof execute === 'function', `tool ${name} needs execute`);
    requireThat(timeoutMs >= 0 && timeoutMs < 2 ** 31, `timeoutMs of tool ${name} must be from 0 to 2^31 - 1, not ${timeoutMs}`);
    requireThat(effect === 'write' || !compensate, `tool ${name} is not a write: it cannot be compensated`);
    requireThat(given.approval === undefined, `tool ${name} asks for approval, which this version cannot give`);
    const idempotency = effect === 'read' ? 'natural' : (given.idempotency ?? 'keyed');
    return { name, description, effect, idempotency, input, output, timeoutMs, execute, compensate, reconcile };
}
/** What the model is told. The JSON Schema is made when somebody looks: it costs more than a turn. */
export function toolSpec(tool) {
    let schema;
    return {
        name: tool.name,
        description: tool.description,
        get inputSchema() {
            schema ??= toJsonSchema(tool.input) ?? { type: 'object' };
            return schema;
        },
    };
}
/** Whether a call of this tool can change the world. */
export const changesWorld = (tool) => tool.effect !== 'read';
function isSchema(value) {
    return typeof value?.['~standard']?.validate === 'function';
}
function requireThat(holds, expected) {
    if (!holds)
        throw new StormproofError('config', expected, { remedy: 'change the definition of the tool' });
}
