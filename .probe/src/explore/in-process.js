/** Hands that run trials where they are. Each keeps, per scenario, what the calm trial showed of intended effects. */
import { StormproofError } from '../core/error.js';
import { bytesOf, fingerprintsDiffer, firstDifference, seedText } from './double-run.js';
import { replaySource } from './replay-source.js';
import { shrink } from './shrink.js';
import { calmJob, openSource } from './source-spec.js';
import { tell } from './tell.js';
import { trialReport } from './trial-report.js';
/** Two scenarios of one name are a `scenario` error. */
export function inProcess(scenarios, runTrial, lore) {
    const byName = new Map();
    for (const scenario of scenarios) {
        if (byName.has(scenario.name))
            throw twice(scenario.name);
        byName.set(scenario.name, scenario);
    }
    const known = new Map();
    const learn = async (name) => {
        const before = known.get(name);
        if (before)
            return before;
        const learnt = calmDay(named(byName, name), runTrial, lore);
        known.set(name, learnt);
        return learnt;
    };
    const run = async (name, job) => {
        const { scenario, intended, concerned } = await learn(name);
        const source = openSource(name, job);
        const result = await runTrial(scenario, {
            source,
            intended,
            keepSites: job.keepSites !== undefined,
            calm: job.origin === 'calm',
            keepGoing: job.origin === 'calm',
        });
        return [result, trialReport(job, result, source, concerned)];
    };
    return {
        calm: async (name) => (await learn(name)).report,
        async trials(name, jobs) {
            const reports = [];
            for (const job of jobs)
                reports.push((await run(name, job))[1]);
            return reports;
        },
        async shrink(name, decisions, target) {
            return shrink(decisions, target, rerunner(await learn(name), runTrial));
        },
        async tell(name, decisions, target) {
            const { scenario, intended } = await learn(name);
            const source = replaySource(decisions);
            const result = await runTrial(scenario, { source, intended, callSites: true });
            return tell(result, decisions, target, lore);
        },
        bytes: async (name, job) => bytesOf((await run(name, job))[0]),
        async doubleRun(name, job) {
            const [first] = await run(name, job);
            const [second] = await run(name, job);
            if (first.fingerprint === second.fingerprint)
                return undefined;
            const seed = seedText(job);
            return (firstDifference(bytesOf(first), bytesOf(second), seed) ??
                fingerprintsDiffer(first.fingerprint, second.fingerprint, seed));
        },
        close: async () => known.clear(),
    };
}
async function calmDay(scenario, runTrial, lore) {
    const source = replaySource([]);
    const result = await runTrial(scenario, { source, calm: true, keepSites: true, keepGoing: true });
    const report = trialReport({ ...calmJob, keepSites: 'all' }, result, source);
    return {
        scenario,
        intended: result.facts.intended,
        concerned: new Set(report.concerned),
        report: { ...report, invariants: lore.invariants(scenario) },
    };
}
function rerunner({ scenario, intended }, runTrial) {
    return async (decisions, keepSites) => {
        const result = await runTrial(scenario, { source: replaySource(decisions), intended, keepSites });
        return {
            violations: result.violations,
            decisions: result.decisions,
            visited: result.visited,
            events: result.events.length,
        };
    };
}
function named(byName, name) {
    const scenario = byName.get(name);
    if (scenario)
        return scenario;
    throw new StormproofError('nothing-selected', `there is no scenario ${JSON.stringify(name)}`, {
        remedy: `the scenarios here are ${[...byName.keys()].join(', ') || 'none'}`,
    });
}
const twice = (name) => new StormproofError('scenario', `two scenarios are named ${JSON.stringify(name)}`, {
    remedy: 'give each its own name: a replay token names one',
});
