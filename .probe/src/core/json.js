/** JSON values and their one canonical text: keys sorted, nothing that JSON cannot say. */
/** True for values that survive `JSON.parse(JSON.stringify(value))` unchanged; NaN, undefined, dates and functions do not. */
export function isJson(value) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean')
        return true;
    if (typeof value === 'number')
        return Number.isFinite(value);
    if (Array.isArray(value))
        return value.every(isJson);
    if (typeof value !== 'object')
        return false;
    const prototype = Object.getPrototypeOf(value);
    return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isJson);
}
/** Equal values give equal texts, whatever the order of their keys. `undefined` fields vanish, as JSON has it. */
export function canonical(value) {
    if (value === null || typeof value !== 'object')
        return JSON.stringify(value) ?? 'null';
    if (Array.isArray(value)) {
        let text = '[';
        for (let i = 0; i < value.length; i++)
            text += i === 0 ? canonical(value[i]) : `,${canonical(value[i])}`;
        return `${text}]`;
    }
    const source = value;
    let text = '{';
    for (const key of sortedKeys(source)) {
        const field = source[key];
        if (field !== undefined)
            text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonical(field)}`;
    }
    return `${text}}`;
}
/** Most objects are written with their keys in one order or have few: sorting is skipped where it would change nothing. */
function sortedKeys(source) {
    const keys = Object.keys(source);
    for (let i = 1; i < keys.length; i++)
        if (keys[i - 1] > keys[i])
            return keys.sort();
    return keys;
}
/** A structural copy: what crosses a port must not be shared with the other side. */
export function copy(value) {
    if (value === null || typeof value !== 'object')
        return value;
    if (Array.isArray(value))
        return value.map(copy);
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
        return structuredClone(value);
    const result = {};
    for (const key of Object.keys(value))
        result[key] = copy(value[key]);
    return result;
}
