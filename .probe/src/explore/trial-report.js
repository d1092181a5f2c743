/** From what a trial leaves in memory to what crosses to a campaign: plain JSON, and small unless something broke. */
import { sourceText } from './source-spec.js';
const nothing = new Set();
/** `concerned`: what the calm trial showed already. */
export function trialReport(job, result, source, concerned = nothing) {
    const broke = result.violations.length > 0 || result.problems.length > 0;
    const visited = job.keepSites && result.visited ? kept(job, result.visited) : undefined;
    return {
        record: trialRecord(job, result),
        decisions: broke ? result.decisions : [],
        ...(visited && { visited }),
        problems: result.problems,
        console: broke ? result.console : [],
        unknown: result.violations.length === 0 && result.verdicts.some(({ verdict }) => verdict === 'unknown'),
        concerned: concernedIn(result).filter((name) => !concerned.has(name)),
        unmet: source.unconsumed?.() ?? [],
    };
}
/** The invariants that concern this agent, as far as this trial shows. */
export const concernedIn = (result) => result.verdicts.flatMap((told) => told.concerned === false || told.arose > 0 ? [] : [told.invariant]);
function trialRecord(job, result) {
    const arose = {};
    for (const verdict of result.verdicts)
        arose[verdict.invariant] = verdict.arose;
    return {
        scenario: result.scenario,
        origin: job.origin,
        index: job.index,
        seed: job.source.kind === 'replay' ? '' : job.source.seed,
        source: sourceText(job.source),
        status: result.status,
        reason: result.reason,
        ending: result.ending,
        goal: result.goal,
        violations: result.violations,
        faults: result.faults,
        arose,
        events: result.events.length,
        steps: result.steps,
        virtualMs: result.virtualMs,
        fingerprint: result.fingerprint,
    };
}
function kept(job, visited) {
    if (job.keepSites === 'all' || job.source.kind !== 'replay')
        return visited;
    const labels = new Set(job.source.decisions.map(([label]) => label));
    const last = visited.findLastIndex((site) => labels.has(site.label));
    if (last < 0)
        return [];
    return visited.slice(last + 1).filter((site) => site.kind === 'parameter' || site.kind === 'reaction');
}
