/** What a reporter of one's own is given: a pure function of the record, which decides nothing. */
export const findingOf = (finding) => ({
    invariant: finding.violation.invariant,
    says: finding.says,
    repro: finding.token,
    faults: finding.faults,
});
/** Anything that is neither a pass nor inconclusive is a failure to whoever asked. */
export function campaignOf(record) {
    const findings = record.scenarios.flatMap((scenario) => scenario.findings).map(findingOf);
    const trials = record.scenarios.reduce((sum, scenario) => sum + scenario.storms, 0);
    const inconclusive = record.result === 'inconclusive' || record.result === 'interrupted';
    return { result: record.result === 'pass' ? 'pass' : inconclusive ? 'inconclusive' : 'fail', findings, trials };
}
