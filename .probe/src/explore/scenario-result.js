/** The verdict on one scenario, from what its trials showed. */
/** The worse comes first. A `missing-break` is no error of the scenario: its agent is better than it was declared to be. */
export function scenarioResult(record, { interrupted, asked }) {
    if (interrupted)
        return 'interrupted';
    if (record.problems.some(({ kind }) => kind !== 'missing-break'))
        return 'scenario-error';
    if (record.nondeterminism)
        return 'nondeterministic';
    if (record.problems.length > 0 || record.findings.some(({ known }) => !known))
        return 'fail';
    if (asked > 0 && record.storms === 0)
        return 'inconclusive';
    if (record.storms > 0 && record.unknown === record.storms)
        return 'inconclusive';
    return record.invariants.some(({ group }) => group === 'never-arose') ? 'inconclusive' : 'pass';
}
export const noCalmDay = (scenario, file, reason) => ({
    kind: 'no-calm-day',
    what: `${scenario} does not reach its goal on a calm day, without any fault${reason ? `: ${reason}` : ''}`,
    where: file,
    remedy: 'mend the script, the backends or `success` until the calm trial reaches the goal; no storm was run',
});
export const missingBreak = (invariant, file) => ({
    kind: 'missing-break',
    what: `\`breaks\` declares ${JSON.stringify(invariant)}, and no trial broke it`,
    where: file,
    remedy: `take ${JSON.stringify(invariant)} out of \`breaks\` if it is mended; otherwise run more storms`,
});
