/** The script of a simulated model: a plan of turns, each some calls or a text, whose arguments may depend on results already seen. */
import { StormproofError } from '../core/error.js';
export const kit = {
    call: (tool, input) => ({ tool, input }),
    say: (text) => ({ say: text }),
};
/** Throws a `scenario` error for an entry that is neither a call, some calls, nor a text. */
export function readScript(script) {
    const entries = script(kit);
    if (!Array.isArray(entries))
        throw new StormproofError('scenario', 'a script must return an array of turns', { remedy: 'model: ({ call, say }) => [call(…), say(…)]' });
    return entries.map((entry, index) => readEntry(entry, `entry ${index + 1} of the script`));
}
export function readEntry(entry, name) {
    if (Array.isArray(entry) && entry.length > 0 && entry.every(isPlannedCall))
        return { calls: entry };
    if (isPlannedCall(entry))
        return { calls: [entry] };
    if (typeof entry === 'object' && entry !== null && typeof entry.say === 'string')
        return entry;
    throw new StormproofError('scenario', `${name} is neither a call nor a text`, { remedy: 'use call(tool, input), [call(…), call(…)] or say(text)' });
}
function isPlannedCall(value) {
    return typeof value === 'object' && value !== null && typeof value.tool === 'string' && 'input' in value;
}
/** A model that decides from what it is sent. It must be a pure function of its arguments: chance comes from `draw`. */
export function policy(next) {
    const definition = { next };
    return definition;
}
