/** Exit codes of the command line, and which of several wins. */
export const exitCodes = {
    pass: 0,
    fail: 1,
    'scenario-error': 2,
    inconclusive: 3,
    nothing: 4,
    nondeterministic: 5,
    internal: 70,
    interrupted: 130,
};
/** The worst first: what makes the rest untrustworthy wins over what the rest says. */
const order = [130, 70, 2, 5, 1, 6, 3, 4, 0];
/** 0 for an empty list. */
export const worstExitCode = (codes) => order.find((code) => codes.includes(code)) ?? 0;
const results = ['interrupted', 'scenario-error', 'nondeterministic', 'fail', 'inconclusive', 'pass'];
/** `pass` for an empty list. */
export const worstResult = (some) => results.find((result) => some.includes(result)) ?? 'pass';
