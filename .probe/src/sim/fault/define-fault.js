/** A user's own fault at a backend's operation. */
import { StormproofError } from '../../core/error.js';
import { definitionOf } from '../define-backend.js';
/**
 * One thing that may go wrong at one operation. `before`: the effect does not happen and the caller gets this error;
 * `after`: it has happened, and the caller gets this answer or error. Throws a `scenario` error when neither is given.
 */
export function defineFault(fault) {
    if (!fault.before && !fault.after)
        throw new StormproofError('scenario', `fault "${fault.name}" does nothing`, { remedy: 'give it `before` or `after`' });
    if (!definitionOf(fault.backend).operations[fault.operation])
        throw new StormproofError('scenario', `fault "${fault.name}": backend "${fault.backend.name}" has no operation "${fault.operation}"`);
    const custom = {
        name: fault.name,
        says: fault.says,
        backend: fault.backend.name,
        operation: fault.operation,
        before: fault.before,
        after: fault.after,
        tolerated: fault.tolerated ?? true,
    };
    return custom;
}
export const customFaultOf = (fault) => fault;
