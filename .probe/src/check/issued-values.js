/** What the world handed to each call: the values a tool returned, and where their text turns up. */
/** Shorter texts (`0`, `true`, `"ok"`) carry no identity: many calls return them. */
const shortestTelling = 8;
/** Notes a value; errors, and values whose content was not kept, are not values. */
export function noteIssued(issued, event) {
    if (event.outcome !== 'ok' || event.value === undefined)
        return;
    const one = { call: event.call, seq: event.seq, value: event.value, text: undefined };
    const values = issued.get(event.call);
    if (values)
        values.push(one);
    else
        issued.set(event.call, [one]);
}
/** The value of `call` that a text shows. */
export function shownOf(issued, call, text) {
    return issued.get(call)?.find((one) => text.includes(textOf(one)));
}
/** The value of some call other than those in `except` that a text shows, if it tells calls apart. */
export function shownOfAnother(issued, except, text) {
    for (const [call, values] of issued) {
        if (except.includes(call))
            continue;
        const found = values.find((one) => textOf(one).length >= shortestTelling && text.includes(textOf(one)));
        if (found)
            return found;
    }
    return undefined;
}
/** As a prompt shows a value: a string as it is, anything else as JSON. */
export const rendered = (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
function textOf(one) {
    one.text ??= rendered(one.value);
    return one.text;
}
/** True for a text long enough to tell one call's value from another's. */
export const tells = (text) => text.length >= shortestTelling;
