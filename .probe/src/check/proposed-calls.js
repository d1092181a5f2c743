/** Which call of the run a provider's id stands for: read from where the model proposed it, never from the id alone. */
export const noProposals = () => ({ answers: [] });
/** Notes what the model proposed; answers that were cut short propose nothing. */
export function noteAnswer(proposals, event) {
    if (event.complete && event.calls.length > 0)
        proposals.answers.push({ turn: event.turn, calls: event.calls });
}
/** The call behind a path, as the model last proposed it. */
export function proposedAt(proposals, path) {
    if (path === undefined)
        return undefined;
    const turn = turnOf(path);
    for (let i = proposals.answers.length - 1; i >= 0; i--) {
        const answer = proposals.answers[i];
        if (answer.turn === turn)
            return answer.calls[indexOf(path)];
    }
    return undefined;
}
/**
 * The turns whose answer an assistant message may show: the same tools under the same ids and arguments or, where an
 * agent renames ids or rewrites arguments, under one of the two. Several when a model repeats itself, none when unknown.
 */
export function turnsShown(proposals, shown) {
    const exact = matching(proposals, shown, (a, b) => a.id === b.id && a.arguments === b.arguments);
    return exact.length > 0 ? exact : matching(proposals, shown, (a, b) => a.id === b.id || a.arguments === b.arguments);
}
function matching(proposals, shown, same) {
    const turns = [];
    for (const { turn, calls } of proposals.answers) {
        if (calls.length !== shown.length)
            continue;
        if (calls.every((call, index) => call.tool === shown[index].tool && same(call, shown[index])))
            turns.push(turn);
    }
    return turns;
}
/** `t3.c1` → 3; NaN for anything that is no path. */
export const turnOf = (path) => Number(path.slice(1, path.indexOf('.')));
/** `t3.c1` → 1. */
export const indexOf = (path) => Number(path.slice(path.indexOf('.c') + 2));
