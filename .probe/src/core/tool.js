/** Tools, whoever wrote them: read structurally, so that the core never imports an SDK. */
const failureBrand = Symbol.for('stormproof.tool-failure');
/** Throw it when the effect certainly did not happen; any other error of a write is an unknown outcome. */
export class ToolFailure extends Error {
    /** `later`: worth another try; `never`: it will fail again. */
    retry;
    afterMs;
    [failureBrand] = true;
    constructor(message, options = {}) {
        super(message);
        this.name = 'ToolFailure';
        this.retry = options.retry ?? 'later';
        this.afterMs = options.afterMs;
    }
}
export function isToolFailure(value) {
    return typeof value === 'object' && value !== null && value[failureBrand] === true;
}
