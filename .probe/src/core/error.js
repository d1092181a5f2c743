/** The one error base of stormproof: misuse and broken assumptions only. What an operation did is an outcome, not an error. */
const brand = Symbol.for('stormproof.error');
/** Says what was expected, what came (`message`) and what to do about it (`remedy`). */
export class StormproofError extends Error {
    code;
    remedy;
    [brand] = true;
    constructor(code, message, options = {}) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause });
        this.name = 'StormproofError';
        this.code = code;
        this.remedy = options.remedy;
    }
}
/** Holds across duplicate installs of the package, where `instanceof` does not. */
export function isStormproofError(value) {
    return typeof value === 'object' && value !== null && value[brand] === true;
}
