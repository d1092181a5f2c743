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
    if (Array.isArray(value))
        return `[${value.map(canonical).join(',')}]`;
    const source = value;
    const fields = Object.keys(source)
        .filter((key) => source[key] !== undefined)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${canonical(source[key])}`);
    return `{${fields.join(',')}}`;
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
