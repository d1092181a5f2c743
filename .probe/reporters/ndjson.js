/** The record as a stream of JSON, one value a line: `campaign-start`, `trial-end`, `finding`, `gate`, `campaign-end`. */
import { schemaVersion, } from '../src/report/record.js';
export const startLine = (start) => line('campaign-start', { schemaVersion, ...start });
export const trialLine = (trial) => line('trial-end', trial);
export const findingLine = (finding) => line('finding', finding);
export const gateLine = (gate) => line('gate', gate);
/** Everything but what has lines of its own. */
export function endLine(record) {
    const scenarios = record.scenarios.map((scenario) => ({
        ...scenario,
        findings: scenario.findings.map((finding) => finding.id),
    }));
    return line('campaign-end', { ...record, scenarios, gates: undefined });
}
/** All lines of a campaign that has ended; its trials are in another file and come first-hand or not at all. */
export function ndjsonReport(record, trials = []) {
    return [
        startLine({
            campaign: record.campaign,
            seed: record.seed,
            preset: record.preset,
            trials: record.trials,
            scenarios: record.scenarios.map((scenario) => scenario.name),
        }),
        ...trials.map(trialLine),
        ...record.scenarios.flatMap((scenario) => scenario.findings.map(findingLine)),
        ...record.gates.map(gateLine),
        endLine(record),
    ].join('');
}
/** JSON already escapes C0; C1 and line separators are escaped too, so that a terminal or a line reader meets none of them. */
function line(type, value) {
    const text = JSON.stringify({ type, ...value });
    return `${text.replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
