/** Words and numbers of an error answer that depend on the request. */
import { defaultWait, errorRow } from './errors.js';
export function wordError(profile, reply, context) {
    const row = errorRow(profile, reply.error, reply.status);
    const asked = askedSeconds(reply);
    const wait = asked === undefined ? defaultWait : String(asked);
    const text = reply.text ?? row.text.replace('{model}', context.model).replace('{wait}', wait);
    return { row, text, waitSeconds: Number(wait) };
}
function askedSeconds(reply) {
    const seconds = reply.retryAfterMs === undefined ? Number(reply.retryAfter) : Number(reply.retryAfterMs) / 1000;
    return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
/** The headers a reply asks for, verbatim. */
export function retryHeaders(reply) {
    const headers = {};
    if (reply.retryAfter !== undefined)
        headers['retry-after'] = reply.retryAfter;
    if (reply.retryAfterMs !== undefined)
        headers['retry-after-ms'] = reply.retryAfterMs;
    return headers;
}
/** The page a proxy writes when the provider behind it does not answer. */
export function proxyPage(text) {
    return `<html>\r\n<head><title>${text}</title></head>\r\n<body>\r\n<center><h1>${text}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`;
}
