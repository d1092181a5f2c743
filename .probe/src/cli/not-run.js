/** The record of a scenario, or of a file, that could not be run at all. */
export function scenarioNotRun(trouble) {
    const { file, message, remedy, name = file } = trouble;
    return {
        name,
        file,
        result: 'scenario-error',
        problems: [{ kind: 'not-run', what: message, where: name === file ? '' : file, remedy }],
        calmGoal: undefined,
        storms: 0,
        survived: 0,
        goals: 0,
        unknown: 0,
        singles: 0,
        kept: 0,
        doubleRuns: 0,
        nondeterminism: undefined,
        invariants: [],
        faults: {},
        findings: [],
        virtualMs: 0,
    };
}
