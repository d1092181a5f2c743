/** `stormproof fork`: a trial as it was up to a moment, and many ways on from there. Which promises hold in all of them? */

import { StormproofError } from '../core/error.js'
import type { AnyEvent } from '../core/event.js'
import { forTerminal } from '../core/sanitize.js'
import { decodeToken, encodeToken } from '../core/token.js'
import { inBatches } from '../explore/batches.js'
import { defaultPreset, defaultSeed } from '../explore/budget.js'
import { exitCodes } from '../explore/exit-code.js'
import type { Hands, Job, Pair, TrialReport } from '../explore/hands.js'
import { jobOfSeedRepro } from '../explore/source-spec.js'
import { counted } from '../report/brief.js'
import type { CommandLine } from './command-line.js'
import { eventAt, type Point } from './point.js'
import { openConfig, openProject } from './project.js'
import { checkScenario, lastToken } from './replay.js'
import type { Terminal } from './terminal.js'

const defaultWays = 100

export interface Fork {
  readonly scenario: string
  /** The last event that is as it was. */
  readonly after: { readonly seq: number; readonly vt: number }
  readonly ways: number
  /** Ways on which every promise held, and those without a verdict. */
  readonly kept: number
  readonly unknown: number
  /** By how many ways broke them; `first`: the token of the first that did. */
  readonly broken: readonly { readonly invariant: string; readonly ways: number; readonly first: string }[]
}

export async function fork(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const until = line.look?.until
  const config = await openConfig(line, folder)
  const token = line.last ? lastToken(line.out ?? `${config.folder}/.stormproof`) : line.words[0]
  if (token === undefined || until === undefined)
    throw new StormproofError('usage', 'fork needs a token, and the moment from which it goes on otherwise', {
      remedy: 'npx stormproof fork v1.… --until=3.2s --trials=100, or --last in place of the token',
    })
  const repro = decodeToken(token)
  const project = await openProject(config, line.jobs ?? 2, terminal, line.hangMs)
  try {
    checkScenario(project, repro.scenario)
    const [first] = project.hands as [Hands]
    await Promise.all(project.hands.map((hands) => hands.calm(repro.scenario)))
    const decisions = 'seed' in repro ? await decided(first, repro.scenario, jobOfSeedRepro(repro)) : repro.decisions
    const { after, site } = await momentIn(first, repro.scenario, decisions, until)
    const source = {
      kind: 'continued',
      ...{ decisions, until: site },
      ...{ seed: line.seed ?? String(defaultSeed), preset: line.faults ?? config.config.faults ?? defaultPreset },
    } as const
    const jobs = Array.from(
      { length: line.trials ?? defaultWays },
      (_, index): Job => ({ origin: 'replay', index: index + 1, source }),
    )
    const reports: TrialReport[] = []
    const batches = { scenario: repro.scenario, hands: project.hands, now: () => Date.now(), stop: () => false }
    for await (const { report } of inBatches(jobs, batches)) reports.push(report)
    const result = forkOf(repro.scenario, after, reports)
    if (line.json)
      terminal.out(`${JSON.stringify({ type: 'fork', seed: source.seed, preset: source.preset, ...result })}\n`)
    else terminal.out(`${forkLines(result, source.preset, source.seed).join('\n')}\n`)
    return codeOf(result)
  } finally {
    await project.close()
  }
}

/** What a storm decided, which is known only of one that broke something. */
async function decided(hands: Hands, scenario: string, job: Job): Promise<readonly Pair[]> {
  const [report] = await hands.trials(scenario, [job])
  if (report && report.record.violations.length > 0)
    return report.decisions.map(({ label, alternative }): Pair => [label, alternative])
  throw new StormproofError('usage', 'this token names a storm that breaks nothing any more', {
    remedy: 'fork a finding that still fails: npx stormproof replay tells',
  })
}

/** The last event that is as it was, and the last site that was decided before it; an empty label where none was. */
async function momentIn(
  hands: Hands,
  scenario: string,
  decisions: readonly Pair[],
  until: Point,
): Promise<{ readonly after: Fork['after']; readonly site: string }> {
  const job: Job = { origin: 'replay', index: 0, source: { kind: 'replay', decisions }, keepSites: 'all' }
  const [{ events }, [report]] = [await hands.bytes(scenario, job), await hands.trials(scenario, [job])]
  const { seq, vt } = eventAt(
    events.map((text) => JSON.parse(text) as AnyEvent),
    until,
  )
  const site = report?.visited?.findLast((one) => one.seq <= seq)
  return { after: { seq, vt }, site: site?.label ?? '' }
}

export function forkOf(scenario: string, after: Fork['after'], reports: readonly TrialReport[]): Fork {
  const broken = new Map<string, { ways: number; first: string }>()
  for (const { record, decisions } of reports) {
    for (const invariant of new Set(record.violations.map((violation) => violation.invariant))) {
      const pairs = decisions.map(({ label, alternative }): Pair => [label, alternative])
      const before = broken.get(invariant) ?? { ways: 0, first: encodeToken({ scenario, decisions: pairs }) }
      broken.set(invariant, { ...before, ways: before.ways + 1 })
    }
  }
  const unknown = reports.filter(isOpen).length
  const failed = reports.filter(({ record }) => record.violations.length > 0).length
  return {
    ...{ scenario, after, ways: reports.length, kept: reports.length - failed - unknown, unknown },
    broken: [...broken].map(([invariant, one]) => ({ invariant, ...one })).sort((one, other) => other.ways - one.ways),
  }
}

const isOpen = ({ record, unknown, problems }: TrialReport): boolean =>
  record.violations.length === 0 && (unknown || problems.length > 0)

function codeOf({ broken, unknown }: Fork): number {
  if (broken.length > 0) return exitCodes.fail
  return unknown > 0 ? exitCodes.inconclusive : exitCodes.pass
}

function forkLines(result: Fork, preset: string, seed: string): readonly string[] {
  const { scenario, after, ways, kept, unknown, broken } = result
  const number = (count: number): string => String(count).padStart(6)
  return [
    ` ${forTerminal(scenario)}   as it was up to #${after.seq} (${(after.vt / 1000).toFixed(3)} s), then ${counted(ways, 'way')} on   faults ${preset}, seed ${forTerminal(seed)}`,
    '',
    `${number(kept)}  kept every promise`,
    ...(unknown > 0 ? [`${number(unknown)}  without a verdict`] : []),
    ...broken.flatMap((one) => [
      `${number(one.ways)}  broke ${forTerminal(one.invariant)}`,
      `        replay  npx stormproof replay ${one.first}`,
    ]),
    '',
    ` exit ${codeOf(result)}`,
  ]
}
