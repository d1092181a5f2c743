/** Jobs in batches over all hands, reports in the order of the jobs: how they were dealt out shows nowhere. */
/** Long enough that messages between processes cost nothing, short enough that a budget or an interrupt is heeded. */
const aimMs = 150;
export async function* inBatches(jobs, options) {
    const { scenario, hands, most = 64 } = options;
    let size = Math.min(8, most);
    for (let next = 0; next < jobs.length && !options.stop();) {
        const started = options.now();
        const dealt = hands.map((by, turn) => ({ by, jobs: jobs.slice(next + turn * size, next + (turn + 1) * size) }));
        const reports = await Promise.all(dealt.map(({ by, jobs: share }) => (share.length > 0 ? by.trials(scenario, share) : [])));
        next += hands.length * size;
        size = sized(size, options.now() - started, most);
        for (const [turn, { by, jobs: share }] of dealt.entries())
            for (const [index, job] of share.entries())
                yield { job, report: reports[turn]?.[index], by };
    }
}
function sized(size, tookMs, most) {
    if (tookMs <= 0)
        return Math.min(most, size * 2);
    return Math.max(1, Math.min(most, size * 2, Math.floor((size * aimMs) / tookMs)));
}
