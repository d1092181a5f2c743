/** Reading JSON that somebody else wrote: every field may be absent or of another type than expected. */
const nothing = {};
export function loose(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : nothing;
}
export const list = (value) => (Array.isArray(value) ? value : []);
export const string = (value) => (typeof value === 'string' ? value : '');
/** The text of a message's content: a string, or parts one a line; a part that is not text stands as its type, `[image_url]`. */
export function contentText(content) {
    if (typeof content === 'string')
        return content;
    if (!Array.isArray(content))
        return '';
    return content.length === 1 ? partText(content[0]) : content.map(partText).join('\n');
}
function partText(value) {
    if (typeof value === 'string')
        return value;
    const part = loose(value);
    if (typeof part.text === 'string')
        return part.text;
    if (typeof part.refusal === 'string')
        return part.refusal;
    return `[${string(part.type) || 'unknown'}]`;
}
