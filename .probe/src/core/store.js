/** The port of durability: an append-only log a session, guarded by version (compare-and-set) and epoch (fencing). */
const brand = Symbol.for('stormproof.store-error');
/** `applied` is `no` when the store certainly wrote nothing, `unknown` when an acknowledgement was lost. */
export class StoreError extends Error {
    applied;
    [brand] = true;
    constructor(message, applied) {
        super(message);
        this.name = 'StoreError';
        this.applied = applied;
    }
}
export function isStoreError(value) {
    return typeof value === 'object' && value !== null && value[brand] === true;
}
