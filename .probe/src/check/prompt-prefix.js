/** What two prompts share: so that a check reads each message once, not once per prompt. */
/** How many leading messages are equal in both. Cheap: most texts are the same string. */
export function sharedPrefix(before, now) {
    const most = Math.min(before.length, now.length);
    let at = 0;
    while (at < most && sameMessage(before[at], now[at]))
        at++;
    return at;
}
function sameMessage(a, b) {
    if (a === b)
        return true;
    if (a.role === 'tool')
        return b.role === 'tool' && sameItems(a.results, b.results, sameResult);
    if (b.role === 'tool' || a.role !== b.role || a.text !== b.text)
        return false;
    return a.role !== 'assistant' || b.role !== 'assistant' || sameItems(a.calls, b.calls, sameCall);
}
function sameItems(a, b, same) {
    if (a.length !== b.length)
        return false;
    for (let i = 0; i < a.length; i++)
        if (!same(a[i], b[i]))
            return false;
    return true;
}
const sameResult = (a, b) => a.id === b.id && a.content === b.content && a.outcome === b.outcome && a.tool === b.tool;
const sameCall = (a, b) => a.id === b.id && a.tool === b.tool && a.arguments === b.arguments;
