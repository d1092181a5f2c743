/** Who is who: keys and ids come from a call's place in the run, never from a provider, a clock or chance. */
/** `<session>/<call path>`. */
export const keyOf = (session, call) => `${session}/${call}`;
/** The same in all attempts. */
export const attemptKey = (intent, _attempt) => intent.key;
/** The key of the compensation of whatever was done under `key`. */
export const undoKey = (key) => `${key}/undo`;
/** The provider's id where it is one; an empty or repeated one is replaced by the call's path. */
export function idOf(proposed, call, isUsed) {
    if (proposed !== '' && !isUsed(proposed))
        return proposed;
    let id = call;
    while (isUsed(id))
        id += '+';
    return id;
}
/** The latest call of this tool with these arguments that was told to the model as unknown and is not carried on yet. */
export function matchIntent(state, tool, argsDigest, isTaken) {
    return state.ambiguous.findLast((call) => !call.superseded &&
        !isTaken(call.intent.call) &&
        call.intent.tool === tool &&
        call.intent.argsDigest === argsDigest &&
        (call.applied || call.unresolved.length > 0));
}
