/** Arguments of a call, read strictly: what does not parse is never repaired. */
/** A JSON object. The empty text counts as `{}`: the schema then says whether the tool takes no arguments. */
export function parseArguments(text) {
    if (text === '')
        return { ok: true, value: {} };
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return invalid('the arguments are not valid JSON');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return invalid('the arguments must be a JSON object');
    }
    return { ok: true, value: value };
}
const invalid = (text) => ({ ok: false, error: { class: 'invalid-args', text, retryable: false } });
