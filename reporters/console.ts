/** The report on a terminal: header, calm day, findings as stories, what was tested, the result. A pure function of the record. */

import { forTerminal } from '../src/core/sanitize.js'
import { counted, grouped } from '../src/report/brief.js'
import { type CampaignRecord, isOfTools, type ScenarioRecord } from '../src/report/record.js'
import { clip, wrap } from './console/columns.js'
import { findingBlock } from './console/finding.js'
import { type Paint, painter } from './console/paint.js'
import { resultLines, summaryLines } from './console/summary.js'
import { toolCardLines } from './console/tool-card.js'

export interface ConsoleOptions {
  /** Columns of the terminal. */
  readonly width: number
  readonly color: boolean
  /** Nothing but problems, findings and the result. */
  readonly quiet?: boolean
  readonly verbose?: boolean
  /** Where the full record lies, for the last line. */
  readonly folder?: string
}

/** The whole report, ending in a newline. */
export function consoleReport(record: CampaignRecord, options: ConsoleOptions): string {
  const paint = painter(options.color)
  const width = Math.max(40, options.width)
  const verbose = options.verbose ?? false
  if (isOfTools(record)) return toolReport(record, options, width, paint)
  const blocks = [
    options.quiet ? [] : [...header(record, width, paint), ...calmDay(record, width)],
    ...record.scenarios.map((scenario) => scenarioTrouble(scenario, width, paint)),
    ...record.scenarios.flatMap((scenario) =>
      scenario.findings.map((finding) => findingBlock(finding, { width, verbose, storms: scenario.storms }, paint)),
    ),
    options.quiet ? resultLines(record, width, paint) : summaryLines(record, { width, verbose }, paint),
    ending(record, options),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

/** Tools have a card each. */
function toolReport(record: CampaignRecord, options: ConsoleOptions, width: number, paint: Paint): string {
  const { seed, scenarios, environment } = record
  const seconds = `${grouped(Math.round(environment.wallMs / 100) / 10)} s`
  const cards = scenarios.flatMap(({ name, tool, findings }) => {
    const replays = Object.fromEntries(findings.map(({ violation, token }) => [violation.invariant, token]))
    const card = { name, seed, width, seconds, replays, quiet: options.quiet ?? false }
    return tool ? [...toolCardLines(tool, card, paint), ''] : []
  })
  const folder = options.folder === undefined || options.quiet ? [] : [` ${forTerminal(options.folder)}`]
  return `${[...cards, ...folder, ` exit ${record.exitCode}`].join('\n')}\n`
}

function header(record: CampaignRecord, width: number, paint: Paint): readonly string[] {
  const scenarios = counted(record.scenarios.length, 'scenario')
  const storms = `${counted(record.trials, 'storm')}${record.scenarios.length > 1 ? ' each' : ''}, faults ${record.preset}`
  return [
    paint(
      'bold',
      clip(` stormproof ${record.environment.stormproof}   seed ${record.seed}   ${scenarios}   ${storms}`, width),
    ),
  ]
}

function calmDay(record: CampaignRecord, width: number): readonly string[] {
  const tried = record.scenarios.filter((scenario) => scenario.calmGoal !== undefined || scenario.storms > 0)
  if (tried.length === 0) return []
  const names = tried.map((scenario) => `${scenario.name} ${scenario.calmGoal === false ? '✗' : '✓'}`)
  return [clip(` calm day   ${names.join('   ')}`, width)]
}

/** What is wrong with a scenario itself, and two runs that differed. */
function scenarioTrouble(scenario: ScenarioRecord, width: number, paint: Paint): readonly string[] {
  const lines: string[] = []
  if (scenario.problems.length > 0) {
    lines.push(
      ...wrap(`✗ ${scenario.name}${troubleWords(scenario)}`, width - 2).map((line) => paint('red', ` ${line}`)),
    )
    for (const problem of scenario.problems) {
      const what = problem.kind === 'leak' ? `your agent reached out of the simulation: ${problem.what}` : problem.what
      lines.push(...wrap(what, width - 4).map((line) => `   ${line}`))
      if (problem.where !== '') lines.push(`     ${clip(problem.where, width - 6)}`)
      if (problem.remedy !== '') lines.push(...wrap(`→ ${problem.remedy}`, width - 4).map((line) => `   ${line}`))
    }
  }
  const differed = scenario.nondeterminism
  if (differed) {
    lines.push(
      ...wrap(
        `✗ ${scenario.name} is not repeatable: ${differed.seed === '' ? 'the calm day' : `seed ${differed.seed}`} gave another history the second time (first at event ${differed.seq}${differed.where === '' ? '' : `, ${differed.where}`}).`,
        width - 2,
      ).map((line) => paint('red', ` ${line}`)),
    )
    lines.push(`   first   ${clip(differed.first, width - 12)}`, `   second  ${clip(differed.second, width - 12)}`)
    lines.push(...stateLines(differed.state ?? [], width))
  }
  return lines
}

function stateLines(
  state: readonly { readonly at: string; readonly line: string }[],
  width: number,
): readonly string[] {
  const found = state.length > 0
  const remedy = found
    ? '→ Reset it in `run`, or set `isolate: true` in the scenario: a fresh copy of your modules for every trial, a few times slower.'
    : '→ Look for state that outlives a trial (module variables, caches, counters) and reset it in `run`.'
  return [
    ...(found ? ['   Variables of your modules that outlive a trial:'] : []),
    ...state.map(({ at, line }) => `     ${clip(`${at}  ${line}`, width - 6)}`),
    ...wrap(remedy, width - 4).map((line) => `   ${line}`),
  ]
}

function troubleWords(scenario: ScenarioRecord): string {
  if (scenario.problems.every((problem) => problem.kind === 'not-run')) return ' was not run.'
  if (scenario.problems.every(({ kind }) => kind === 'endless' || kind === 'stale-repro'))
    return ': not everything has a verdict.'
  if (scenario.problems.every(({ kind }) => kind === 'missing-break')) return ' broke fewer promises than it declares.'
  const ended = scenario.problems.every((problem) => problem.kind === 'exit')
  if (ended && scenario.storms > 0) return ' ended its process: such trials have no verdict and cannot be replayed.'
  if (scenario.storms > 0) return ': this is about the scenario, not about your agent.'
  if (scenario.problems.every(({ kind }) => kind === 'agent-threw'))
    return ' does not work on a calm day, so no storm was tried.'
  return ' does not work on a calm day, so no storm was tried. This is about the scenario, not about your agent.'
}

function ending(record: CampaignRecord, options: ConsoleOptions): readonly string[] {
  const seconds = `${grouped(Math.round(record.environment.wallMs / 100) / 10)} s`
  const folder = options.folder === undefined ? '' : `   ${forTerminal(options.folder)}`
  return options.quiet ? [` exit ${record.exitCode}`] : [` ${seconds}${folder}`, ` exit ${record.exitCode}`]
}
