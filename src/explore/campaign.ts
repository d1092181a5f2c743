/**
 * One scenario's campaign: a calm day, the kept repros, every single fault, then storms to the budget. Its storms are cut into parts
 * of a fixed size, each with findings of its own, so that it comes to the same wherever its parts are run.
 */

import type { Nondeterminism, ScenarioProblem, ScenarioRecord, TrialRecord } from '../report/record.js'
import { bakedIn } from './baked-in.js'
import { type Done, inBatches } from './batches.js'
import { recheck } from './double-run.js'
import { lateSingles, singles } from './exhaustive.js'
import { FindingBook, isHang } from './finding-book.js'
import { gridJobs } from './grid.js'
import type { CalmReport, Hands, Job, Pair, TrialReport } from './hands.js'
import { joinParts } from './join-parts.js'
import { pairs, type Reach } from './pairs.js'
import { type Part, type PartRecord, partsOf } from './part.js'
import { presetOf } from './preset.js'
import type { PresetTable } from './preset-table.js'
import { endlessCalmDay, noCalmDay, staleRepro } from './scenario-result.js'
import { calmJob, stormJob } from './source-spec.js'
import type { StrategyName } from './strategies.js'
import { Tally } from './tally.js'

/** One storm in so many is run twice. */
const doubleRunEvery = 50

/** Each costs seconds of real time; after so many a scenario is known to hang. */
const mostHangs = 3

/** What an agent that keeps state shows on its second run, before anybody thinks of state. */
const mayComeOfState: ReadonlySet<ScenarioProblem['kind']> = new Set([
  'agent-threw',
  'leftover-script',
  'unexpected-model-call',
])

export type Phase = 'calm' | 'kept' | 'singles' | 'storms' | 'pairs' | 'grid'

export interface Progress {
  readonly scenario: string
  readonly phase: Phase
  readonly done: number
  readonly total: number
  readonly findings: number
}

export interface CampaignPlan {
  readonly scenario: { readonly name: string; readonly file: string; readonly breaks: readonly string[] }
  /** At least one. How many there are changes the speed and nothing else. */
  readonly hands: readonly Hands[]
  readonly seed: string
  readonly preset: string
  /** Whose storms. Absent: random ones and swarm by turns, as the preset says. */
  readonly strategy?: StrategyName | undefined
  /** Fresh storms. */
  readonly trials: number
  /** After the storms of the first part, all pairs of faults that are so near. Absent: none. */
  readonly pairs?: Reach | undefined
  /** Real time after which no batch is begun; half of it is for single faults at most. Absent: no limit. */
  readonly timeMs?: number
  /** Wall clock in milliseconds. */
  now(): number
  /** Measure R(k, ε, λ) of the scenario, and of each finding from when on it cannot be escaped. Default: no. */
  readonly reliability?: boolean
  readonly repros?: readonly (readonly Pair[])[]
  onProgress?(progress: Progress): void
  /** Every trial but those of shrinking and replaying, in order. */
  onTrial?(record: TrialRecord): void
  /** A part that ran to its end, before the next begins; `last` where none follows. */
  onPart?(record: PartRecord, last: boolean): void
  /** Ends the campaign between batches with what there is. */
  readonly signal?: AbortSignal
  /** Jobs a batch at most. */
  readonly batch?: number
}

/** All parts of the campaign, one after the other. */
export async function runCampaign(plan: CampaignPlan): Promise<ScenarioRecord> {
  return joinParts(await runParts(plan, partsOf(plan.trials)), plan.trials)
}

/** Some parts of the campaign of a scenario. `timeMs` of the plan is for all of them together. */
export async function runParts(plan: CampaignPlan, parts: readonly Part[]): Promise<readonly PartRecord[]> {
  const started = plan.now()
  const records: PartRecord[] = []
  for (const part of parts) {
    const before = records.reduce((sum, { findings }) => sum + findings.length, 0)
    const record = await runPart(
      {
        ...plan,
        ...(plan.timeMs !== undefined && { timeMs: plan.timeMs - (plan.now() - started) }),
        onProgress: (progress) => plan.onProgress?.({ ...progress, findings: before + progress.findings }),
      },
      part,
    )
    records.push(record)
    if (record.interrupted) break
    const isLate = plan.timeMs !== undefined && plan.now() - started >= plan.timeMs
    const isLast = record.ended || isLate || part === parts.at(-1)
    plan.onPart?.(record, isLast)
    if (isLast) break
  }
  return records
}

async function runPart(plan: CampaignPlan, part: Part): Promise<PartRecord> {
  const preset = presetOf(plan.preset)
  const calm = await (plan.hands[0] as Hands).calm(plan.scenario.name)
  const campaign = new Campaign(plan, part, calm)
  const storms = Array.from({ length: part.storms }, (_, index) =>
    stormJob(plan.seed, preset, part.after + index + 1, plan.strategy),
  )
  if (part.number > 1) {
    if (!campaign.isBadDay()) await campaign.run('storms', storms, { total: plan.trials })
    if (plan.reliability) await campaign.bakeIn(preset)
    return campaign.record(preset.cap > 0)
  }
  if (!(await campaign.calmDay())) return campaign.record(preset.cap > 0)
  const kept = (plan.repros ?? []).map(
    (decisions): Job => ({ ...calmJob, origin: 'kept', source: { kind: 'replay', decisions } }),
  )
  await campaign.run('kept', kept, { keep: (job, report) => campaign.stale(job, report) })
  const left = preset.cap > 0 ? await campaign.singles(storms) : storms
  await campaign.run('storms', left, { total: plan.trials })
  await campaign.pairs()
  if (plan.reliability) {
    await campaign.run('grid', gridJobs(plan.seed, calm.words))
    await campaign.bakeIn(preset)
  }
  return campaign.record(preset.cap > 0)
}

type Ran = readonly [Job, TrialReport]
type Keep = (job: Job, report: TrialReport) => void

/** Most bugs need a single fault; of an agent with many sites, all of them would keep the others waiting for long. */
const singlesARound = 200
const stormsARound = 200

class Campaign {
  readonly #plan: CampaignPlan
  readonly #part: Part
  readonly #calm: CalmReport
  readonly #tally = new Tally()
  readonly #book: FindingBook
  readonly #started: number
  #doubleRuns = 0
  readonly #done = new Map<Phase, number>()
  /** The single faults that ran, where pairs of them are asked for. */
  #singles: readonly Ran[] = []
  #trials = 0
  #stopped = 0
  #hangs = 0
  #nondeterminism: Nondeterminism | undefined

  constructor(plan: CampaignPlan, part: Part, calm: CalmReport) {
    this.#plan = plan
    this.#part = part
    this.#calm = calm
    this.#done.set('storms', part.after)
    this.#started = plan.now()
    const { name: scenario, breaks } = plan.scenario
    this.#book = new FindingBook({ scenario, hands: plan.hands, breaks, invariants: calm.invariants })
  }

  /** The calm trial alone shows that no storm must follow. */
  isBadDay(): boolean {
    const { record, problems } = this.#calm
    return problems.length > 0 || isStopped(record) || (record.violations.length === 0 && record.goal === false)
  }

  /** False when no storm must follow. */
  async calmDay(): Promise<boolean> {
    const { scenario, hands } = this.#plan
    const { record, problems } = this.#calm
    // Before anything is said of the scenario: an agent that keeps state fails in ways that look like a mistake in the script.
    if (problems.every(({ kind }) => mayComeOfState.has(kind))) {
      this.#doubleRuns++
      const [here, there] = [hands[0] as Hands, hands.at(-1) as Hands]
      this.#nondeterminism = await recheck(scenario.name, calmJob, record.fingerprint, here, there)
    }
    this.#count(this.#nondeterminism ? { ...this.#calm, problems: [] } : this.#calm)
    this.#progress('calm', 1, 1)
    if (this.#nondeterminism) return false
    if (isStopped(record)) this.#tally.addProblem(endlessCalmDay(scenario.name, scenario.file))
    else if (problems.length === 0 && record.violations.length === 0 && record.goal === false)
      this.#tally.addProblem(noCalmDay(scenario.name, scenario.file, `it ended ${record.status}, ${record.reason}`))
    const toMend = this.#tally.problems.length > 0
    // A promise broken on a calm day is told even where the scenario must be mended: one may be the cause of the other.
    if (!toMend || !isStopped(record)) await this.#judge(calmJob, this.#calm)
    return !toMend && this.#nondeterminism === undefined && this.#hangs === 0
  }

  /**
   * Each fault alone; then each with one of the details that exist only after it. Some storms come between them, as they find what no
   * single fault does. Gives the storms that are left.
   */
  async singles(storms: readonly Job[]): Promise<readonly Job[]> {
    const visited = this.#calm.visited ?? []
    const forPairs = this.#plan.pairs !== undefined
    const ran: Ran[] = []
    const left = await this.#rounds(singles(visited, { forPairs }), storms, (job, report) => {
      // One that kept no sites is extended by nobody.
      if (report.visited) ran.push([job, report])
    })
    if (forPairs) this.#singles = ran
    return this.#rounds(lateSingles(ran, visited), left)
  }

  /** Of the single faults that ran. */
  async pairs(): Promise<void> {
    const { pairs: reach } = this.#plan
    if (reach) await this.run('pairs', pairs(this.#singles, reach))
  }

  async #rounds(jobs: readonly Job[], storms: readonly Job[], keep?: Keep): Promise<readonly Job[]> {
    let left = storms
    const total = jobs.length
    for (let from = 0; from < total; from += singlesARound) {
      await this.run('singles', jobs.slice(from, from + singlesARound), { keep, share: 0.5, total })
      if (from + singlesARound >= total) break
      await this.run('storms', left.slice(0, stormsARound), { total: this.#plan.trials })
      left = left.slice(stormsARound)
    }
    return left
  }

  /** `total`: of all jobs of the phase, these among them. */
  async run(
    phase: Phase,
    jobs: readonly Job[],
    { keep, share = 1, total = jobs.length }: { keep?: Keep | undefined; share?: number; total?: number } = {},
  ): Promise<void> {
    const { scenario, hands, batch } = this.#plan
    const options = {
      scenario: scenario.name,
      hands,
      now: () => this.#plan.now(),
      stop: () => this.#stops(share),
      ...(batch !== undefined && { most: batch }),
    }
    for await (const one of inBatches(jobs, options)) {
      await this.#take(one)
      keep?.(one.job, one.report)
      const done = this.#countOf(phase) + 1
      this.#done.set(phase, done)
      this.#progress(phase, done, Math.max(done, total))
      // What ran beyond this point is forgotten: it depends on the batches.
      if (this.#nondeterminism) return
    }
  }

  async bakeIn(preset: PresetTable): Promise<void> {
    for (const finding of this.#book.findings) {
      if (isHang(finding) || this.#stops(1)) continue
      const curve = await bakedIn(finding, this.#plan.hands[0] as Hands, { seed: this.#plan.seed, preset })
      if (curve) this.#book.bakedIn(finding.id, curve)
    }
  }

  /** A kept repro that broke nothing because it was not met is no proof that the failure is mended. */
  stale({ source }: Job, { record, unmet }: TrialReport): void {
    if (source.kind !== 'replay' || unmet.length === 0 || record.violations.length > 0) return
    const { file } = this.#plan.scenario
    const total = source.decisions.length
    const name = source.decisions.map(([label, alternative]) => `${label} = ${alternative}`).join(', ')
    this.#tally.addProblem(staleRepro(total - unmet.length, total, file, name))
  }

  /** `isFaulted`: storms could choose faults. */
  record(isFaulted: boolean): PartRecord {
    const { invariants, faultsAsked, record } = this.#calm
    return {
      scenario: this.#plan.scenario,
      part: this.#part.number,
      calm: { goal: record.goal, calls: record.calls, fingerprint: record.fingerprint, invariants, faultsAsked },
      isFaulted,
      sums: this.#tally.sums,
      findings: this.#book.findings,
      doubleRuns: this.#doubleRuns,
      trials: this.#trials,
      stopped: this.#stopped,
      hangs: this.#hangs,
      nondeterminism: this.#nondeterminism,
      interrupted: this.#interrupted,
      ended: this.isBadDay() || this.#nondeterminism !== undefined || this.#hangs >= mostHangs,
    }
  }

  async #take({ job, report, by }: Done): Promise<void> {
    if (job.origin === 'grid') {
      this.#tally.add(report)
      this.#plan.onTrial?.(report.record)
      return
    }
    this.#count(report)
    if (job.origin === 'fresh' && job.index % doubleRunEvery === 1) {
      this.#doubleRuns++
      const { hands, scenario } = this.#plan
      const other = hands[(hands.indexOf(by) + 1) % hands.length] as Hands
      this.#nondeterminism = await recheck(scenario.name, job, report.record.fingerprint, by, other)
      if (this.#nondeterminism) return
    }
    await this.#judge(job, report)
  }

  /** A hang is a finding of its own; a promise that broke is shrunk and told. */
  async #judge(job: Job, report: TrialReport): Promise<void> {
    const hang = report.problems.find(({ kind }) => kind === 'hang')
    if (hang) {
      this.#hangs++
      this.#book.hung(job, hang)
    } else if (report.record.violations.length > 0) this.#nondeterminism = await this.#book.consider(job, report)
  }

  #count(report: TrialReport): void {
    this.#tally.add({ ...report, problems: report.problems.filter(({ kind }) => kind !== 'hang') })
    this.#trials++
    if (isStopped(report.record) && report.record.origin !== 'calm') this.#stopped++
    this.#plan.onTrial?.(report.record)
  }

  #countOf(phase: Phase): number {
    return this.#done.get(phase) ?? 0
  }

  #progress(phase: Phase, done: number, total: number): void {
    const plan = this.#plan
    plan.onProgress?.({ scenario: plan.scenario.name, phase, done, total, findings: this.#book.findings.length })
  }

  #stops(share: number): boolean {
    const plan = this.#plan
    if (this.#interrupted || this.#nondeterminism || this.#hangs >= mostHangs) return true
    return plan.timeMs !== undefined && plan.now() - this.#started >= plan.timeMs * share
  }

  get #interrupted(): boolean {
    return this.#plan.signal?.aborted ?? false
  }
}

/** By a budget, while it was still going. */
const isStopped = ({ ending }: TrialRecord): boolean => ending === 'steps' || ending === 'time'
