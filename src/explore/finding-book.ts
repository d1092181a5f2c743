/** The distinct failures of one scenario: each shrunk, grouped, told and replayed. What is asked of it in order, it answers in order. */

import { findInvariant } from '../check/registry.js'
import { isStormproofError } from '../core/error.js'
import { encodeToken } from '../core/token.js'
import type { Violation } from '../core/verdict.js'
import type { BakedIn } from '../report/baked-in.js'
import { describeDecisions } from '../report/describe.js'
import type { FindingRecord, Nondeterminism, ScenarioProblem } from '../report/record.js'
import { compareRuns, fingerprintsDiffer, seedText } from './double-run.js'
import type { Hands, InvariantInfo, Job, Pair, ShrinkReport, Told, TrialReport } from './hands.js'
import { pairOf } from './shrink-search.js'
import { causesOf, samePromise, signatureOf } from './signature.js'
import { seedRepro } from './source-spec.js'

/** After so many distinct findings nobody reads the next one. */
export const mostFindings = 5

/** Shrinks of storms that turned out to be known; from then on the same promise broken again is taken to be known. */
const mostShrinks = 60

const replays = 3

const runLiveness = 'run-liveness'
/** The clause of `run-liveness` that only a clock outside of the world can judge. */
const hang = 'hang'

/** Whether the finding is a trial that stood still: there is no history of it. */
export const isHang = ({ violation }: Pick<FindingRecord, 'violation'>): boolean => violation.clause === hang

type Growing = { -readonly [K in keyof FindingRecord]: FindingRecord[K] }

export interface BookOptions {
  readonly scenario: string
  readonly hands: readonly Hands[]
  readonly breaks: readonly string[]
  readonly invariants: readonly InvariantInfo[]
}

export class FindingBook {
  readonly #options: BookOptions
  readonly #findings: Growing[] = []
  #shrinks = 0

  constructor(options: BookOptions) {
    this.#options = options
  }

  get findings(): readonly FindingRecord[] {
    return this.#findings
  }

  /** Takes a trial that broke a promise. Returns a failure of determinism, if it shows one. */
  async consider(job: Job, report: TrialReport): Promise<Nondeterminism | undefined> {
    const violation = report.record.violations[0]
    if (!violation) return undefined
    const fresh = job.origin === 'fresh' ? 1 : 0
    const decisions = report.decisions.map(pairOf)
    const covering = this.#covering(violation, decisions)
    if (covering) {
      covering.seen += fresh
      return undefined
    }
    if (!this.#hasRoom(violation)) return undefined
    return this.#take(job, violation, decisions, report.record.fingerprint, fresh)
  }

  async #take(
    job: Job,
    violation: Violation,
    decisions: readonly Pair[],
    fingerprint: string,
    fresh: number,
  ): Promise<Nondeterminism | undefined> {
    const { scenario } = this.#options
    const hands = this.#hands(0)
    this.#shrinks++
    const shrunk = await this.#shrink(decisions, violation)
    const told = shrunk.reproduced ? await hands.tell(scenario, shrunk.decisions, violation) : undefined
    if (!told) return this.#unsteady(job, decisions, fingerprint)
    const signature = signatureOf(told.violation, shrunk.decisions)
    const known = this.#findings.find((finding) => finding.signature === signature)
    if (known) {
      known.seen += fresh
      return undefined
    }
    const same = await this.#replay(shrunk.decisions, told.fingerprint)
    const { decisionsBefore, eventsBefore, eventsAfter, runs } = shrunk
    this.#findings.push({
      ...this.#words(told),
      id: `F${this.#findings.length + 1}`,
      scenario,
      signature,
      decisions: shrunk.decisions,
      token: encodeToken({ scenario, decisions: shrunk.decisions }),
      shrink: { runs, eventsBefore, eventsAfter, decisionsBefore },
      replays: same,
      seen: fresh,
      origin: job.origin,
    })
    return same === replays ? undefined : this.#unsteady(replayJob(shrunk.decisions), [], told.fingerprint)
  }

  /** Smaller decisions may send the agent into an endless loop: then the finding is told as the storm had it. */
  async #shrink(decisions: readonly Pair[], violation: Violation): Promise<ShrinkReport> {
    try {
      return await this.#hands(0).shrink(this.#options.scenario, decisions, violation)
    } catch (error) {
      if (!isStormproofError(error) || error.code !== 'scenario') throw error
      return notShrunk(decisions, violation)
    }
  }

  /** Takes a trial that stood still until its process was ended: nothing of it can be shrunk, told or replayed step by step. */
  hung(job: Job, { what, remedy }: ScenarioProblem): void {
    const fresh = job.origin === 'fresh' ? 1 : 0
    const signature = `${runLiveness}/${hang}`
    const before = this.#findings.find((finding) => finding.signature === signature)
    if (before) {
      before.seen += fresh
      return
    }
    const { scenario, breaks, invariants } = this.#options
    const decisions = job.source.kind === 'replay' ? job.source.decisions : []
    const says = invariants.find(({ name }) => name === runLiveness)?.says ?? findInvariant(runLiveness)?.says
    this.#findings.push({
      violation: { invariant: runLiveness, clause: hang, because: what, witness: [], seq: 0 },
      says: says ?? runLiveness,
      usual: remedy,
      known: breaks.includes(runLiveness),
      needs: job.source.kind === 'replay' ? describeDecisions(decisions, []) : [seedText(job)],
      faults: [],
      where: [],
      console: [],
      story: { headline: what, backend: '', lines: [], hidden: 0 },
      id: `F${this.#findings.length + 1}`,
      scenario,
      signature,
      decisions,
      token: encodeToken(seedRepro(scenario, job) ?? { scenario, decisions }),
      shrink: { runs: 0, eventsBefore: 0, eventsAfter: 0, decisionsBefore: decisions.length },
      replays: 0,
      seen: fresh,
      origin: job.origin,
    })
  }

  /** Adds what was measured after all was found. */
  bakedIn(id: string, curve: BakedIn): void {
    const finding = this.#findings.find((one) => one.id === id)
    if (finding) finding.bakedIn = curve
  }

  #words(told: Told) {
    const { violation, story, moment, needs, faults, where, console } = told
    const info = this.#options.invariants.find(({ name }) => name === violation.invariant)
    return {
      violation,
      says: info?.says ?? violation.invariant,
      usual: this.#remedy(told) ?? info?.usual ?? '',
      known: this.#options.breaks.includes(violation.invariant),
      needs,
      faults,
      where,
      console,
      story,
      moment,
    }
  }

  /** A user's own promise has no remedy of its own: that of a catalogued one which the same event broke says more. */
  #remedy({ violation, also }: Told): string | undefined {
    if (findInvariant(violation.invariant)) return undefined
    return also.map(findInvariant).find((check) => check !== undefined)?.usual
  }

  /** A finding whose causes are all in this trial too: shrinking would most likely lead there again. */
  #covering(violation: Violation, decisions: readonly Pair[]): Growing | undefined {
    const causes = new Set(causesOf(decisions))
    const same = this.#findings.filter((finding) => samePromise(finding.violation, violation))
    const covering = same.find((finding) => causesOf(finding.decisions).every((cause) => causes.has(cause)))
    return covering ?? (this.#shrinks >= mostShrinks ? same[0] : undefined)
  }

  /** Known breaks have room of their own, and a declared break that was not found yet always has some. */
  #hasRoom({ invariant }: Violation): boolean {
    const known = this.#options.breaks.includes(invariant)
    if (this.#findings.filter((finding) => finding.known === known).length < mostFindings) return true
    return known && !this.#findings.some((finding) => finding.violation.invariant === invariant)
  }

  async #replay(decisions: readonly Pair[], fingerprint: string): Promise<number> {
    let same = 0
    for (let turn = 0; turn < replays; turn++) {
      const [report] = await this.#hands(turn).trials(this.#options.scenario, [replayJob(decisions)])
      if (report?.record.fingerprint === fingerprint) same++
    }
    return same
  }

  /** The decisions alone did not do it again: shows where the runs part, of the storm itself or of its replay. */
  async #unsteady(job: Job, decisions: readonly Pair[], fingerprint: string): Promise<Nondeterminism> {
    const { scenario } = this.#options
    const [here, there] = [this.#hands(0), this.#hands(1)]
    const apart =
      (await compareRuns(scenario, job, here, there)) ??
      (await compareRuns(scenario, replayJob(decisions), here, there))
    if (apart) return apart
    const [report] = await here.trials(scenario, [replayJob(decisions)])
    return fingerprintsDiffer(fingerprint, report?.record.fingerprint ?? '', seedText(job))
  }

  #hands(turn: number): Hands {
    const { hands } = this.#options
    return hands[turn % hands.length] as Hands
  }
}

const replayJob = (decisions: readonly Pair[]): Job => ({
  origin: 'replay',
  index: 0,
  source: { kind: 'replay', decisions },
})

const notShrunk = (decisions: readonly Pair[], violation: Violation): ShrinkReport => ({
  reproduced: true,
  decisions,
  violation,
  runs: 1,
  decisionsBefore: decisions.length,
  decisionsAfter: decisions.length,
  eventsBefore: 0,
  eventsAfter: 0,
  bounded: true,
})
