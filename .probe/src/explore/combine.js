/** From the records of scenarios to the record of a campaign: its gates, its result, its exit code. */
import { schemaVersion } from '../report/record.js';
import { exitCodes, worstExitCode, worstResult } from './exit-code.js';
import { evaluateGates } from './gates.js';
/** Findings are numbered `F1`, `F2`, … over all scenarios. */
export function combine(records, options) {
    const { campaign, seed, preset, trials, environment } = options;
    const scenarios = numbered(records);
    const gates = evaluateGates(scenarios, options.gates);
    return { schemaVersion, campaign, seed, preset, trials, ...ending(scenarios, gates), gates, scenarios, environment };
}
/** Whether findings fail a campaign is for the gates to say; everything else that can end a scenario counts as it is. */
function ending(scenarios, gates) {
    if (scenarios.length === 0)
        return { result: 'inconclusive', exitCode: exitCodes.nothing };
    const results = [
        ...scenarios.map(({ result }) => (result === 'fail' ? 'pass' : result)),
        ...gates.map(({ result }) => result),
    ];
    return { result: worstResult(results), exitCode: worstExitCode(results.map((result) => exitCodes[result])) };
}
function numbered(records) {
    let last = 0;
    return records.map((record) => ({
        ...record,
        findings: record.findings.map((finding) => ({ ...finding, id: `F${++last}` })),
    }));
}
