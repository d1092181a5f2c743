/** Every single fault, before any random one: most bugs need no more. */
/** In this order, so that a bound drops what matters least. */
const order = ['outcome', 'reaction', 'parameter', 'time', 'hold'];
/** Letting one or two completions pass shows most of what more would. */
const holds = ['1', '2'];
export const singlesBound = 2_000;
export const lateBound = 1_000;
/** One job for each alternative that is not the first, at each site of the calm trial. */
export function singles(visited, bound = singlesBound) {
    const jobs = [];
    for (const kind of order)
        for (const site of visited)
            if (site.kind === kind)
                for (const alternative of alternativesOf(site)) {
                    if (jobs.length >= bound)
                        return jobs;
                    jobs.push(single([[site.label, alternative]], kind === 'outcome'));
                }
    return jobs;
}
/**
 * A fault has details that exist only after it (a status, what the model does next): the same single with one of them.
 * `run` are singles with the report of each; one that broke something already is not extended.
 */
export function lateSingles(run, calm, bound = lateBound) {
    const known = new Set(calm.map((site) => site.label));
    const jobs = [];
    for (const [job, report] of run) {
        if (job.source.kind !== 'replay' || report.record.violations.length > 0)
            continue;
        for (const site of report.visited ?? []) {
            if (known.has(site.label))
                continue;
            for (const alternative of alternativesOf(site)) {
                if (jobs.length >= bound)
                    return jobs;
                jobs.push(single([...job.source.decisions, [site.label, alternative]], false));
            }
        }
    }
    return jobs;
}
const alternativesOf = (site) => site.kind === 'hold' ? site.alternatives.filter((name) => holds.includes(name)) : site.alternatives.slice(1);
const single = (decisions, keepLate) => ({
    origin: 'single',
    index: 0,
    source: { kind: 'replay', decisions },
    ...(keepLate && { keepSites: 'late' }),
});
