/** One scenario's campaign: a calm day, the kept repros, every single fault, then storms to the budget. */
import { inBatches } from './batches.js';
import { compareRuns, recheck } from './double-run.js';
import { lateSingles, singles } from './exhaustive.js';
import { FindingBook } from './finding-book.js';
import { presetOf } from './preset.js';
import { missingBreak, noCalmDay, scenarioResult } from './scenario-result.js';
import { calmJob, stormJob } from './source-spec.js';
import { Tally } from './tally.js';
/** One storm in so many is run twice. */
const doubleRunEvery = 50;
export async function runCampaign(plan) {
    const preset = presetOf(plan.preset);
    const { name, breaks } = plan.scenario;
    const calm = await plan.hands[0].calm(name);
    const campaign = new Campaign(plan, calm);
    if (!(await campaign.calmDay()))
        return campaign.record();
    const kept = (plan.repros ?? []).map((decisions) => ({ ...calmJob, origin: 'kept', source: { kind: 'replay', decisions } }));
    await campaign.run('kept', kept);
    if (preset.cap > 0)
        await campaign.singles();
    const storms = Array.from({ length: plan.trials }, (_, index) => stormJob(plan.seed, preset, index + 1));
    await campaign.run('storms', storms);
    campaign.missing(breaks);
    return campaign.record();
}
class Campaign {
    #plan;
    #calm;
    #tally = new Tally();
    #book;
    #started;
    #doubleRuns = 0;
    #nondeterminism;
    constructor(plan, calm) {
        this.#plan = plan;
        this.#calm = calm;
        this.#started = plan.now();
        const { name: scenario, breaks } = plan.scenario;
        this.#book = new FindingBook({ scenario, hands: plan.hands, breaks, invariants: calm.invariants });
    }
    /** False when no storm must follow. */
    async calmDay() {
        const { scenario, hands } = this.#plan;
        const { record, problems } = this.#calm;
        this.#count(this.#calm);
        this.#progress('calm', 1, 1);
        if (problems.length === 0 && record.violations.length === 0 && record.goal === false)
            this.#tally.addProblem(noCalmDay(scenario.name, scenario.file, `it ended ${record.status}, ${record.reason}`));
        if (this.#tally.problems.length > 0)
            return false;
        this.#doubleRuns++;
        this.#nondeterminism = await compareRuns(scenario.name, calmJob, hands[0], hands.at(-1));
        this.#nondeterminism ??= await this.#book.consider(calmJob, this.#calm);
        return this.#nondeterminism === undefined;
    }
    /** Each fault alone; then each with one of the details that exist only after it. */
    async singles() {
        const visited = this.#calm.visited ?? [];
        const first = [];
        await this.run('singles', singles(visited), (job, report) => first.push([job, report]), 0.5);
        await this.run('singles', lateSingles(first, visited), undefined, 0.5);
    }
    async run(phase, jobs, keep, share = 1) {
        const { scenario, hands, batch } = this.#plan;
        const options = {
            scenario: scenario.name,
            hands,
            now: () => this.#plan.now(),
            stop: () => this.#stops(share),
            ...(batch !== undefined && { most: batch }),
        };
        let done = 0;
        for await (const one of inBatches(jobs, options)) {
            await this.#take(one);
            keep?.(one.job, one.report);
            done++;
            this.#progress(phase, done, jobs.length);
            // What ran beyond this point is forgotten: it depends on the batches.
            if (this.#nondeterminism)
                return;
        }
    }
    /** Only a campaign that ran as planned can say that a break is missing. */
    missing(breaks) {
        if (this.#interrupted || this.#nondeterminism)
            return;
        for (const invariant of breaks)
            if (!this.#tally.hasBroken(invariant))
                this.#tally.addProblem(missingBreak(invariant, this.#plan.scenario.file));
    }
    record() {
        const tally = this.#tally;
        const { storms, survived, goals, unknown, singles, kept, faults, problems, virtualMs } = tally;
        const shown = {
            problems,
            storms,
            survived,
            goals,
            unknown,
            findings: this.#book.findings,
            invariants: tally.invariants(this.#calm.invariants, this.#doubleRuns, this.#nondeterminism ? 1 : 0),
            nondeterminism: this.#nondeterminism,
        };
        return {
            name: this.#plan.scenario.name,
            file: this.#plan.scenario.file,
            result: scenarioResult(shown, { interrupted: this.#interrupted, asked: this.#plan.trials }),
            calmGoal: this.#calm.record.goal,
            singles,
            kept,
            doubleRuns: this.#doubleRuns,
            faults,
            virtualMs,
            ...shown,
        };
    }
    async #take({ job, report, by }) {
        this.#count(report);
        if (job.origin === 'fresh' && job.index % doubleRunEvery === 1) {
            this.#doubleRuns++;
            const { hands, scenario } = this.#plan;
            const other = hands[(hands.indexOf(by) + 1) % hands.length];
            this.#nondeterminism = await recheck(scenario.name, job, report.record.fingerprint, by, other);
            if (this.#nondeterminism)
                return;
        }
        if (report.record.violations.length > 0)
            this.#nondeterminism = await this.#book.consider(job, report);
    }
    #count(report) {
        this.#tally.add(report);
        this.#plan.onTrial?.(report.record);
    }
    #progress(phase, done, total) {
        const plan = this.#plan;
        plan.onProgress?.({ scenario: plan.scenario.name, phase, done, total, findings: this.#book.findings.length });
    }
    #stops(share) {
        const plan = this.#plan;
        if (this.#interrupted || this.#nondeterminism)
            return true;
        return plan.timeMs !== undefined && plan.now() - this.#started >= plan.timeMs * share;
    }
    get #interrupted() {
        return this.#plan.signal?.aborted ?? false;
    }
}
