/** Declaring a simulated service: a value that does nothing until a trial brings it to life. */
import { StormproofError } from '../core/error.js';
import { canonical } from '../core/json.js';
/**
 * A service that an agent's tools call: its state, its reads and its writes. Every write that gets through is a line of the ledger.
 * Throws a `scenario` error for an empty name or a service without operations.
 */
export function defineBackend(backend) {
    if (backend.name === '')
        throw new StormproofError('scenario', 'a backend needs a name', { remedy: "name: 'shop'" });
    const operations = backend.operations(kit);
    if (Object.keys(operations).length === 0)
        throw new StormproofError('scenario', `backend "${backend.name}" has no operations`, { remedy: 'declare at least one read or write' });
    const baseUrl = backend.baseUrl?.replace(/\/+$/, '');
    return { name: backend.name, operations, baseUrl, state: backend.state };
}
export const definitionOf = (backend) => backend;
const kit = {
    read: (operation) => implementation('read', operation, operation.answer),
    write: (operation) => implementation('write', operation, operation.apply),
};
function implementation(kind, operation, apply) {
    if (!apply)
        throw new StormproofError('scenario', `a ${kind} operation needs ${kind === 'read' ? '`answer`' : '`apply`'}`);
    return {
        kind,
        schema: operation.input,
        http: operation.http,
        keyed: operation.keyed ?? false,
        once: operation.once ?? canonical,
        apply,
        undo: operation.undo,
        undoes: operation.undoes,
        partial: operation.partial ?? defaultPartial,
    };
}
/** Part of an input that names several things: all but the last of its first list. */
function defaultPartial(input) {
    if (typeof input !== 'object' || input === null)
        return undefined;
    for (const [field, value] of Object.entries(input)) {
        if (Array.isArray(value) && value.length > 1)
            return { ...input, [field]: value.slice(0, -1) };
    }
    return undefined;
}
