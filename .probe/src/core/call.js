/** Canonical identity of a call: where it stands in the run, never what a provider called it. */
export const callPath = (turn, index) => `t${turn}.c${index}`;
export function parseCallPath(path) {
    const match = /^t(\d+)\.c(\d+)$/.exec(path);
    return match ? { turn: Number(match[1]), index: Number(match[2]) } : undefined;
}
