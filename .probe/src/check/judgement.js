/** What a check answers to one event: nothing to say, the promise held, or it was broken. */
const skip = Object.freeze({ '~judgement': true });
const held = Object.freeze({ '~judgement': true });
/** The one judge there is: `skip` and `held` are constants, so that judging allocates nothing. */
export const impartial = Object.freeze({
    skip,
    held,
    broken: (because, detail) => ({ '~judgement': true, because, ...detail }),
});
/** The broken promise behind a judgement; undefined for anything else, foreign values included. */
export function brokenOf(judgement) {
    const broken = judgement;
    return typeof broken?.because === 'string' ? broken : undefined;
}
