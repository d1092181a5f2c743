/** Storms as a fast-check arbitrary. fast-check draws the seed alone: what a run finds out must not shape its shrink tree. */
import fc from 'fast-check';
import { StormproofError } from '../core/error.js';
import { encodeToken } from '../core/token.js';
import { defaultPreset } from './budget.js';
import { presetOf } from './preset.js';
import { pairOf } from './shrink-search.js';
import { stormJob } from './source-spec.js';
/** A seed has no smaller seed: our own shrinker, inside `run`, makes the counterexample small. */
export function stormArbitrary(scenario, hands) {
    const preset = presetOf(scenario.preset ?? defaultPreset);
    const storm = (seed) => {
        // Odd and even storms differ in their source; the seed decides which this is.
        const job = stormJob(String(seed), preset, 1 + (seed % 2));
        return {
            run: () => runStorm(scenario, job, hands()),
            toString: () => `storm ${seed} of ${scenario.name} (${preset.name})`,
        };
    };
    return fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff })).map(storm);
}
async function runStorm(scenario, job, hands) {
    const { name } = scenario;
    const calm = await hands.calm(name);
    refuse(name, calm);
    if (calm.record.goal === false && calm.record.violations.length === 0)
        throw new StormproofError('scenario', `${name} does not reach its goal on a calm day, without any fault`, {
            remedy: 'mend the script, the backends or `success` first',
        });
    const [report] = await hands.trials(name, [job]);
    if (!report)
        return;
    refuse(name, report);
    // As in a campaign, the first promise broken names the failure; others broken by the same event are its shadows.
    const [violation] = report.record.violations;
    if (!violation || scenario.breaks.includes(violation.invariant))
        return;
    const shrunk = await hands.shrink(name, report.decisions.map(pairOf), violation);
    const told = shrunk.reproduced ? await hands.tell(name, shrunk.decisions, violation) : undefined;
    if (!told)
        throw new StormproofError('nondeterminism', `${name}: ${violation.because}, but a replay of the storm kept the promise`);
    throw new Error(broken(told, encodeToken({ scenario: name, decisions: shrunk.decisions })));
}
function refuse(name, { problems: [problem] }) {
    if (problem)
        throw new StormproofError('scenario', `${name}: ${problem.what}`, { remedy: problem.remedy });
}
function broken({ violation, story, needs }, token) {
    return [
        story.headline,
        `broken: ${violation.invariant} (${violation.clause}): ${violation.because}`,
        needs.length > 0 ? `needs: ${needs.join(' + ')}` : 'needs: nothing, it happens on a calm day',
        `replay: npx stormproof replay ${token}`,
    ].join('\n');
}
