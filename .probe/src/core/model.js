/** The port to a language model. The scripted model and the adapters of real ones stand behind it. */
const errorBrand = Symbol.for('stormproof.model-error');
/** How a model port refuses: typed, so that no text decides about a retry. */
export class ModelError extends Error {
    detail;
    status;
    [errorBrand] = true;
    constructor(detail, status) {
        super(detail.text);
        this.name = 'ModelError';
        this.detail = detail;
        this.status = status;
    }
}
export function isModelError(value) {
    return typeof value === 'object' && value !== null && value[errorBrand] === true;
}
