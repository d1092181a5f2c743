/** Values and inputs in a few characters, for people: `A-7, 4900`. */
/** The values of an input without their names, each cut short; other values as JSON. */
export function brief(value, limit = 40) {
    const parts = isRecord(value)
        ? Object.values(value).filter((part) => part !== undefined)
        : value === undefined
            ? []
            : [value];
    return cut(parts.map(part).join(', '), limit);
}
/** `refundOrder(A-7, 4900)` from a tool and the raw text of its arguments, which may be no JSON at all. */
export function briefCall(tool, argumentText) {
    return `${tool}(${briefArguments(argumentText)})`;
}
function briefArguments(text) {
    try {
        return brief(JSON.parse(text));
    }
    catch {
        return cut(text, 40);
    }
}
/** At most `limit` UTF-16 units, the last one an ellipsis where something is missing; surrogate pairs stay whole. */
export function cut(text, limit) {
    if (text.length <= limit)
        return text;
    const end = limit - 1;
    const splitsPair = /[\uD800-\uDBFF]/.test(text[end - 1] ?? '');
    return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}
/** 4900 → `4,900`; stable on every machine, unlike `toLocaleString`. */
export function grouped(value) {
    const [whole, fraction] = String(value).split('.');
    if (/e/i.test(whole))
        return String(value);
    const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return fraction === undefined ? separated : `${separated}.${fraction}`;
}
/** `twice`, `3 times`. */
export const times = (count) => count === 1 ? 'once' : count === 2 ? 'twice' : `${grouped(count)} times`;
/** `1 fault`, `2 faults`. */
export const counted = (count, noun, plural = `${noun}s`) => `${grouped(count)} ${count === 1 ? noun : plural}`;
function part(value) {
    if (typeof value === 'string')
        return cut(value, 24);
    return cut(JSON.stringify(value) ?? String(value), 24);
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
