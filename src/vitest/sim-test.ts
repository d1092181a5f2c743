/**
 * A scenario as vitest tests: the calm day, the kept repros, then one test a promise. The campaign runs once, for all of them. In watch
 * mode what failed last comes before it all, and keeps the campaign waiting until it passes.
 */

import { relative } from 'node:path'
import { describe, type TestContext, test } from 'vitest'
import { findingBlock } from '../../reporters/console/finding.js'
import { painter } from '../../reporters/console/paint.js'
import { moduleState } from '../cli/module-state.js'
import { readRepros } from '../cli/repro-file.js'
import { sourceLine } from '../cli/source-line.js'
import { StormproofError } from '../core/error.js'
import { decodeToken } from '../core/token.js'
import { type Budget, checkTrials, defaultSeed, defaultTime, defaultTrials, parseTime } from '../explore/budget.js'
import { runCampaign } from '../explore/campaign.js'
import { isHang } from '../explore/finding-book.js'
import type { Hands, Pair } from '../explore/hands.js'
import { localHands } from '../explore/local-hands.js'
import { invariantsOf } from '../explore/lore.js'
import { maskedEvents } from '../explore/masked.js'
import { systemClock } from '../platform/system-clock.js'
import { counted } from '../report/brief.js'
import type { FindingRecord, ScenarioRecord, TrialRecord } from '../report/record.js'
import { type Scenario, scenarioOf } from '../scenario/define-scenario.js'
import { fail } from './fail.js'
import { lastFailures, noteFailures } from './last-failure.js'
import { isCollected, leaveRecord } from './left-record.js'
import { requireSetUp } from './require-set-up.js'

export interface SimTestOptions extends Budget {
  /** Tokens of findings that must never come back: they run first. */
  readonly repros?: readonly `v1.${string}`[]
}

/** A campaign may use its whole budget, and then shrink what it found. */
const timeoutMs = 300_000

/** Declares the tests of a scenario. Throws a `usage` error where the plugin is missing or timers are faked. */
export function simTest(scenario: Scenario, options: SimTestOptions = {}): void {
  requireSetUp('simTest')
  const repros = reprosOf(scenario, options)
  const hands = localHands([scenario], sourceLine)
  const last = lastFailures(scenario, options).map((token) => ({ token, decisions: decisionsOf(token, scenario) }))
  let campaign: Promise<ScenarioRecord> | undefined
  let stillFailing: Promise<string | undefined> | undefined
  const failsStill = (): Promise<string | undefined> => {
    requireSetUp('simTest')
    stillFailing ??= stillFails(scenario, last, hands)
    return stillFailing
  }
  const record = async ({ skip }: TestContext): Promise<ScenarioRecord> => {
    requireSetUp('simTest')
    if ((await failsStill()) !== undefined) skip('what failed last still fails')
    campaign ??= startCampaign(scenario, options, repros, hands)
    return campaign
  }
  describe(scenario.name, () => {
    if (last.length > 0) {
      test('what failed last', { timeout: timeoutMs }, async () => {
        const story = await failsStill()
        if (story !== undefined) fail(story)
      })
    }
    test('works on a calm day', { timeout: timeoutMs }, async (context) =>
      checkCalmDay(await record(context), scenarioOf(scenario).file),
    )
    if (repros.length > 0) {
      test('kept repros', { timeout: timeoutMs }, async () => {
        requireSetUp('simTest')
        for (const repro of repros) await checkRepro(scenario, repro, hands)
      })
    }
    for (const { name, relation, situation } of invariantsOf(scenario)) {
      if (!relation)
        test(name, { timeout: timeoutMs }, async (context) => {
          const told = await record(context)
          for (const { token } of brokenBy(told, name))
            await context.annotate(`npx stormproof replay ${token}`, 'stormproof')
          // What does not concern this agent was neither kept nor broken: the run says so, with the reason.
          if (situation) checkSituation(told, name)
          else checkPromise(told, name, (why) => context.skip(why))
        })
    }
  })
}

interface KeptDecisions {
  readonly token: string
  readonly decisions: readonly Pair[]
}

/** What is kept beside the scenario's file, then what the test names itself. */
function reprosOf(scenario: Scenario, options: SimTestOptions): readonly KeptDecisions[] {
  const { name, file } = scenarioOf(scenario)
  const kept = file === undefined ? [] : readRepros(file).filter((repro) => repro.scenario === name)
  const tokens = new Set([...kept.map(({ token }) => token), ...(options.repros ?? [])])
  return [...tokens].map((token) => ({ token, decisions: decisionsOf(token, scenario) }))
}

async function checkRepro(scenario: Scenario, repro: KeptDecisions, hands: Hands): Promise<void> {
  const { failing, report } = await replayed(scenario, repro, hands)
  if (failing !== undefined) fail(failing)
  const { decisions, token } = repro
  const met = decisions.length - report.unmet.length
  if (report.unmet.length > 0 && report.record.violations.length === 0)
    fail(
      `it no longer applies: ${met} of ${decisions.length} decisions met, and nothing broke\n${replayLine(token)}\n   → the code or the scenario has changed since: npx stormproof keep prune removes what no longer applies`,
    )
}

/** The first of them that still fails, in words. One that no longer applies is left to the campaign. */
async function stillFails(
  scenario: Scenario,
  repros: readonly KeptDecisions[],
  hands: Hands,
): Promise<string | undefined> {
  for (const repro of repros) {
    const { failing } = await replayed(scenario, repro, hands)
    if (failing !== undefined) return failing
  }
  return undefined
}

async function replayed(scenario: Scenario, { token, decisions }: KeptDecisions, hands: Hands) {
  const source = { kind: 'replay', decisions } as const
  const [report] = await hands.trials(scenario.name, [{ origin: 'kept', index: 0, source }])
  if (!report) throw new Error(`no trial came of ${token}`)
  const known = scenarioOf(scenario).breaks
  const violation = report.record.violations.find(({ invariant }) => !known.includes(invariant))
  return { report, failing: violation && `it still fails: ${violation.because}\n${replayLine(token)}` }
}

const replayLine = (token: string): string => `   replay   npx stormproof replay ${token}`

async function startCampaign(
  scenario: Scenario,
  options: SimTestOptions,
  repros: readonly KeptDecisions[],
  hands: Hands,
): Promise<ScenarioRecord> {
  const { name, breaks, preset: own, file } = scenarioOf(scenario)
  const clock = systemClock()
  const budget = {
    seed: String(options.seed ?? defaultSeed),
    preset: options.faults ?? own ?? 'stormy',
    trials: checkTrials(options.trials ?? defaultTrials),
    timeMs: parseTime(options.time ?? defaultTime),
  }
  const ran: TrialRecord[] = []
  const record = await runCampaign({
    ...budget,
    scenario: { name, breaks, file: '' },
    hands: [hands],
    repros: repros.map(({ decisions }) => decisions),
    now: () => clock.now(),
    ...(isCollected() && { onTrial: (trial) => ran.push(trial) }),
  })
  noteFailures(scenario, options, record.findings)
  if (isCollected()) {
    const shown = { ...record, file: file === undefined ? '' : relative(process.cwd(), file) }
    leaveRecord({ ...budget, scenario: shown, ran, histories: await historiesOf(record, hands) })
  }
  return record
}

async function historiesOf({ name, findings }: ScenarioRecord, hands: Hands) {
  const histories: Record<string, readonly string[]> = {}
  for (const finding of findings) {
    if (isHang(finding)) continue
    const source = { kind: 'replay', decisions: finding.decisions } as const
    histories[finding.id] = maskedEvents(await hands.bytes(name, { origin: 'replay', index: 0, source }))
  }
  return histories
}

/** Besides the calm day itself: whatever leaves the campaign without a verdict. A stale repro has a test of its own. */
function checkCalmDay({ name, problems, nondeterminism }: ScenarioRecord, file: string | undefined): void {
  const problem = problems.find(({ kind }) => kind !== 'stale-repro')
  if (problem)
    fail(`${name}: ${problem.what}${problem.where === '' ? '' : `\n   ${problem.where}`}\n   → ${problem.remedy}`)
  if (nondeterminism) {
    const { seed, seq, where, first, second } = nondeterminism
    fail(
      `${name} is not repeatable: ${seed || 'the calm day'} gave another history the second time, first at event ${seq} (${where})\n   ${first}\n   ${second}${stateText(file)}`,
    )
  }
}

/** The variables of the user's modules that may be to blame. */
function stateText(file: string | undefined): string {
  const state = file === undefined ? [] : moduleState(file)
  return state.length === 0
    ? ''
    : `\n   variables that outlive a trial:${state.map(({ at, line }) => `\n     ${at}  ${line}`).join('')}`
}

function checkPromise(record: ScenarioRecord, name: string, skip: (why: string) => void): void {
  const findings = brokenBy(record, name)
  if (findings.length > 0) fail(findings.map((finding) => storyOf(finding, record)).join('\n\n'))
  const group = record.invariants.find((invariant) => invariant.name === name)?.group
  if (group === undefined || group === 'not-concerned') skip('does not concern this agent')
  if (group === 'never-arose') fail(neverArose('it concerns this agent, and never arose in', record))
}

function checkSituation(record: ScenarioRecord, name: string): void {
  if (record.invariants.find((invariant) => invariant.name === name)?.group !== 'tested')
    fail(neverArose('it arose in none of', record))
}

/** What was not put to the test is not known to hold: a test that passed, or was passed over, would say that it is. */
const neverArose = (what: string, { storms }: ScenarioRecord): string =>
  `${what} ${counted(storms, 'storm')}\n   → ${
    storms === 0
      ? 'no storm was run: see `works on a calm day`'
      : 'run more of them, or let the script and the faults of the scenario lead there'
  }`

const brokenBy = ({ findings }: ScenarioRecord, name: string): readonly FindingRecord[] =>
  findings.filter((finding) => finding.violation.invariant === name && !finding.known)

const storyOf = (finding: FindingRecord, record: ScenarioRecord): string =>
  findingBlock(finding, { width: 110, verbose: true, storms: record.storms }, painter(false)).join('\n')

function decisionsOf(token: string, scenario: Scenario): readonly Pair[] {
  const repro = decodeToken(token)
  if (repro.scenario !== scenario.name)
    throw new StormproofError(
      'usage',
      `a repro of ${JSON.stringify(repro.scenario)} is given to the tests of ${JSON.stringify(scenario.name)}`,
      { remedy: 'a token names its scenario: give it to that one' },
    )
  if (!('decisions' in repro))
    throw new StormproofError('usage', 'a short token of an unshrunk storm cannot be kept', {
      remedy: 'keep the token of a finding',
    })
  return repro.decisions
}
