/** `stormproof replay`: one trial again, twice, told as a story. */

import { retoldBlock } from '../../reporters/console/finding.js'
import { painter } from '../../reporters/console/paint.js'
import { StormproofError } from '../core/error.js'
import { didYouMean } from '../core/nearest.js'
import { forTerminal } from '../core/sanitize.js'
import { decodeToken, decodeToolToken } from '../core/token.js'
import { exitCodes } from '../explore/exit-code.js'
import type { CalmReport, Hands, Job, Pair, TrialReport } from '../explore/hands.js'
import { jobOfSeedRepro } from '../explore/source-spec.js'
import type { CommandLine } from './command-line.js'
import { lookInside } from './look-inside.js'
import { openConfig, openProject, type Project } from './project.js'
import { readLatest } from './record-folder.js'
import { replayOfTool } from './replay-of-tool.js'
import type { Terminal } from './terminal.js'

/** How a replay ended. */
type ReplayEnding = 'endless' | 'still-fails' | 'passes' | 'no-longer-applies' | 'scenario-error' | 'differs'

const codes: Readonly<Record<ReplayEnding, number>> = {
  'still-fails': exitCodes.fail,
  passes: exitCodes.pass,
  endless: exitCodes.inconclusive,
  'no-longer-applies': exitCodes.inconclusive,
  'scenario-error': exitCodes['scenario-error'],
  differs: exitCodes.nondeterministic,
}

export async function replay(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const config = await openConfig(line, folder)
  const token = line.last ? lastToken(line.out ?? `${config.folder}/.stormproof`) : line.words[0]
  if (token === undefined)
    throw new StormproofError('usage', 'replay needs a token', {
      remedy: 'npx stormproof replay v1.…, or npx stormproof replay --last',
    })
  const ofTool = decodeToolToken(token)
  if (ofTool) return replayOfTool(ofTool, line, folder, terminal)
  const repro = decodeToken(token)
  const project = await openProject(config, 2, terminal, line.hangMs)
  try {
    checkScenario(project, repro.scenario)
    const job: Job =
      'seed' in repro
        ? jobOfSeedRepro(repro)
        : { origin: 'replay', index: 0, source: { kind: 'replay', decisions: repro.decisions } }
    const decisions = 'seed' in repro ? [] : repro.decisions
    const [first, second] = project.hands as [Hands, Hands]
    const calm = await first.calm(repro.scenario)
    const [[one], [other]] = await Promise.all([
      first.trials(repro.scenario, [job]),
      second.trials(repro.scenario, [job]),
    ])
    if (!one || !other) throw new StormproofError('internal', 'a replay was answered with nothing')
    const ending = endingOf(one, other)
    const inside =
      line.look && (await lookInside(first, repro.scenario, job, one.record.violations, line.look, terminal))
    const shown = inside?.lines ?? (await storyOf(first, repro.scenario, one, decisions, calm, terminal))
    const text = [...shown, '', ...resultLines(ending, one, decisions.length)]
    if (line.json)
      terminal.out(
        `${JSON.stringify({ type: 'replay', scenario: repro.scenario, ending, violations: one.record.violations, met: decisions.length - one.unmet.length, decisions: decisions.length, fingerprint: one.record.fingerprint, ...(inside && { moment: inside.moment }) })}\n`,
      )
    else terminal.out(`${[...text, ` exit ${codes[ending]}`].join('\n')}\n`)
    return codes[ending]
  } finally {
    await project.close()
  }
}

function endingOf(one: TrialReport, other: TrialReport): ReplayEnding {
  if (one.problems.some(({ kind }) => kind === 'hang')) return 'still-fails'
  if (one.record.fingerprint !== other.record.fingerprint) return 'differs'
  if (one.problems.length > 0) return 'scenario-error'
  if (one.record.violations.length > 0) return 'still-fails'
  if (one.record.ending === 'steps' || one.record.ending === 'time') return 'endless'
  return one.unmet.length > 0 ? 'no-longer-applies' : 'passes'
}

function resultLines(ending: ReplayEnding, report: TrialReport, decisions: number): readonly string[] {
  const met = `${decisions - report.unmet.length} of ${decisions} decisions met`
  const texts: Readonly<Record<ReplayEnding, string>> = {
    endless:
      'NO VERDICT  the agent was still going when its budget ended: 10,000 steps of the world, or a day of simulated time',
    'still-fails':
      report.problems.length > 0
        ? 'STILL FAILS  it stood still again, and its process was ended'
        : `STILL FAILS  the same bytes in two processes${report.unmet.length > 0 ? `; ${met}` : ''}`,
    passes: 'PASSES  no promise was broken this time; keep the repro, so that it stays so',
    'no-longer-applies': `NO LONGER APPLIES  ${met}: the code or the scenario has changed since, and nothing broke`,
    'scenario-error': 'SCENARIO ERROR  this is about the scenario, not about the agent',
    differs: 'NOT REPEATABLE  two processes gave two histories: npx stormproof doctor',
  }
  const problems = report.problems.flatMap((problem) => [
    `   ${forTerminal(problem.what)}`,
    ...(problem.where === '' ? [] : [`     ${forTerminal(problem.where)}`]),
    `   → ${forTerminal(problem.remedy)}`,
  ])
  const unmet = report.unmet.map(
    ([label, alternative]) => `   not met: ${forTerminal(label)} = ${forTerminal(alternative)}`,
  )
  return [` result     ${texts[ending]}`, ...problems, ...unmet]
}

async function storyOf(
  hands: Hands,
  scenario: string,
  report: TrialReport,
  decisions: readonly Pair[],
  calm: CalmReport,
  terminal: Terminal,
): Promise<readonly string[]> {
  const violation = report.record.violations[0]
  if (!violation) return []
  const pairs =
    decisions.length > 0 ? decisions : report.decisions.map(({ label, alternative }): Pair => [label, alternative])
  const told = await hands.tell(scenario, pairs, violation)
  if (!told) return [` ✗ ${forTerminal(violation.invariant)}: ${forTerminal(violation.because)}`]
  const info = calm.invariants.find((invariant) => invariant.name === violation.invariant)
  return retoldBlock(
    { ...told, scenario, says: info?.says ?? violation.invariant, usual: info?.usual ?? '' },
    Math.max(40, terminal.width),
    painter(terminal.color),
  )
}

export function lastToken(root: string): string {
  const finding = readLatest(root).scenarios.flatMap((scenario) => scenario.findings)[0]
  if (!finding)
    throw new StormproofError('usage', 'the last campaign had no finding', {
      remedy: 'give a token: npx stormproof replay v1.…',
    })
  return finding.token
}

export function checkScenario(project: Pick<Project, 'scenarios' | 'troubles'>, name: string): void {
  if (project.scenarios.some((card) => card.name === name)) return
  const names = project.scenarios.map((card) => card.name)
  const broken = project.troubles.map((trouble) => `${trouble.file} was not loaded: ${trouble.message}`)
  throw new StormproofError('scenario', `the token is of the scenario ${JSON.stringify(name)}, which is not here`, {
    remedy: [didYouMean(name, names, `the scenarios here: ${names.join(', ') || 'none'}`), ...broken].join('; '),
  })
}
