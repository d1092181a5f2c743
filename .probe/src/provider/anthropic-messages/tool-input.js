/** The object a `tool_use` block carries for argument text that may be cut or no JSON at all. */
/**
 * The parsed text; else what is complete of it, closed: `{"amount": 100, "to": "bo` gives `{"amount":100}`, as the provider's own
 * clients do. A number or literal is complete only when a comma or bracket follows it. Text with no such beginning gives `{}`.
 */
export function toolInput(text) {
    const whole = parsed(text);
    if (whole)
        return whole.value;
    const candidates = closedPrefixes(text);
    for (let longest = candidates.length - 1; longest >= 0; longest--) {
        const prefix = parsed(candidates[longest]);
        if (prefix)
            return prefix.value;
    }
    return {};
}
function parsed(text) {
    try {
        return { value: JSON.parse(text) };
    }
    catch {
        return undefined;
    }
}
/** Every beginning that ends where a value may end, shortest first, with the brackets it leaves open closed. Few of them are JSON. */
function closedPrefixes(text) {
    const prefixes = [];
    let closers = '';
    let inString = false;
    for (let at = 0; at < text.length; at++) {
        const character = text[at];
        if (inString) {
            if (character === '\\')
                at++;
            inString = character !== '"';
            if (!inString)
                prefixes.push(text.slice(0, at + 1) + closers);
        }
        else if (character === '"')
            inString = true;
        else if (character === ',')
            prefixes.push(text.slice(0, at) + closers);
        else if (character === '{' || character === '[') {
            closers = (character === '{' ? '}' : ']') + closers;
            prefixes.push(text.slice(0, at + 1) + closers);
        }
        else if (character === '}' || character === ']') {
            closers = closers.slice(1);
            prefixes.push(text.slice(0, at + 1) + closers);
        }
    }
    return prefixes;
}
