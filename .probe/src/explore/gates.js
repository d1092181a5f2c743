/** Gates: what a suite must reach. Rates are decided by exact one-sided bounds (Clopper and Pearson 1934), one scenario at a time. */
import { StormproofError } from '../core/error.js';
import { exactLower, exactUpper } from '../report/statistics.js';
export function evaluateGates(scenarios, config = {}) {
    const { survived } = config;
    if (survived)
        checkSurvived(survived);
    return [
        findingsGate(scenarios, config.findings ?? 0),
        ...breaksGate(scenarios),
        ...(survived ? scenarios.map((scenario) => survivedGate(scenario, survived)) : []),
    ];
}
function findingsGate(scenarios, allowed) {
    const findings = scenarios.flatMap((scenario) => scenario.findings);
    const count = findings.filter(({ known }) => !known).length;
    const known = findings.length - count;
    const detail = `${count} ${count === 1 ? 'finding' : 'findings'}, ${allowed} allowed${known > 0 ? `; ${known} declared in \`breaks\`` : ''}`;
    return { name: 'findings', result: count > allowed ? 'fail' : 'pass', detail };
}
/** A declared break that was not found fails; a suite without declared breaks has no such gate. */
function breaksGate(scenarios) {
    const missing = scenarios.flatMap(({ problems }) => problems.filter(({ kind }) => kind === 'missing-break'));
    return missing.length === 0
        ? []
        : [{ name: 'breaks', result: 'fail', detail: missing.map(({ what }) => what).join('; ') }];
}
function survivedGate({ name: scenario, storms, survived }, { atLeast, confidence = 0.95 }) {
    const name = `survived ${scenario}`;
    const [lower, upper] = [exactLower(survived, storms, confidence), exactUpper(survived, storms, confidence)];
    const seen = `${survived} of ${storms} storms kept every promise`;
    if (storms > 0 && lower >= atLeast)
        return { name, result: 'pass', detail: `${seen}: at least ${percent(lower)} (${percent(confidence)} confidence)` };
    if (storms > 0 && upper < atLeast)
        return { name, result: 'fail', detail: `${seen}: at most ${percent(upper)}, ${percent(atLeast)} asked` };
    return { name, result: 'inconclusive', detail: `${seen}: ${needed(survived, storms, atLeast, confidence)}` };
}
/** How many more storms would decide it, if they went on as before. */
function needed(survived, storms, atLeast, confidence) {
    const share = storms === 0 ? 1 : survived / storms;
    if (share === atLeast)
        return `this is exactly the ${percent(atLeast)} asked, which no number of storms decides`;
    const decided = (total) => {
        const good = Math.round(share * total);
        return share > atLeast
            ? exactLower(good, total, confidence) >= atLeast
            : exactUpper(good, total, confidence) < atLeast;
    };
    let high = Math.max(1, storms);
    while (!decided(high)) {
        if (high > 1e8)
            return `too near to the ${percent(atLeast)} asked to be decided`;
        high *= 2;
    }
    let low = Math.max(0, storms);
    while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (decided(middle))
            high = middle;
        else
            low = middle;
    }
    return `about ${high - storms} more would decide whether it is ${percent(atLeast)}`;
}
function checkSurvived({ atLeast, confidence = 0.95 }) {
    const bad = (what, value) => new StormproofError('config', `the gate survived.${what} is ${value}`, {
        remedy: 'give a share of 1, such as 0.99 for 99 %',
    });
    if (!(atLeast > 0 && atLeast <= 1))
        throw bad('atLeast', atLeast);
    if (!(confidence > 0 && confidence < 1))
        throw bad('confidence', confidence);
}
const percent = (share) => `${Number((share * 100).toFixed(2))} %`;
