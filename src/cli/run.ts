/** `stormproof run`: every selected scenario through its campaign, one record, the reports, the exit code. */

import { consoleReport } from '../../reporters/console.js'
import { endLine, findingLine, gateLine, ndjsonReport, startLine, trialLine } from '../../reporters/ndjson.js'
import { isStormproofError, StormproofError } from '../core/error.js'
import { decodeToken } from '../core/token.js'
import { defaultSeed, defaultTime, defaultTrials, parseTime } from '../explore/budget.js'
import { runCampaign } from '../explore/campaign.js'
import { combine } from '../explore/combine.js'
import type { Pair } from '../explore/hands.js'
import type { CampaignRecord, ScenarioRecord, TrialRecord } from '../report/record.js'
import { campaignOf, findingOf } from '../report/reporter.js'
import type { CommandLine } from './command-line.js'
import { environmentAt } from './environment.js'
import { onInterrupt } from './interrupt.js'
import { scenarioNotRun } from './not-run.js'
import { progressOn } from './progress.js'
import { jobsOf, openConfig, openProject, type Project, selectScenarios } from './project.js'
import { openRecordFolder, type RecordFolder } from './record-folder.js'
import { readRepros } from './repro-file.js'
import type { Terminal } from './terminal.js'
import { packageVersion } from './version.js'
import type { ScenarioCard } from './worker-message.js'

interface Budget {
  readonly seed: string
  readonly trials: number
  readonly timeMs: number
  presetOf(card: ScenarioCard): string
}

export async function run(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const started = Date.now()
  const config = await openConfig(line, folder)
  const project = await openProject(config, jobsOf(line), terminal, line.hangMs)
  try {
    const cards = selected(project, line)
    const budget = budgetOf(line, project)
    const root = `${line.out ?? `${config.folder}/.stormproof`}`
    const campaign = `${new Date(started).toISOString().replace(/[-:]/g, '').slice(0, 15)}-${process.pid}`
    const preset = [...new Set(cards.map((card) => budget.presetOf(card)))].join(' + ') || 'stormy'
    const header = { campaign, seed: budget.seed, preset, trials: budget.trials }
    const files = openRecordFolder(root, {
      schemaVersion: 1,
      ...header,
      timeMs: budget.timeMs,
      scenarios: cards.map(({ name, file }) => ({ name, file })),
      versions: { stormproof: packageVersion(), node: process.version },
    })
    if (line.json) terminal.out(startLine({ ...header, scenarios: cards.map((card) => card.name) }))
    const scenarios = await runAll(project, cards, budget, line, terminal, files)
    const environment = environmentAt(started)
    const gates = config.config.gates
    const record = combine([...project.troubles.map(scenarioNotRun), ...scenarios], {
      ...header,
      ...(gates && { gates }),
      environment,
    })
    await writeRecord(record, project, files)
    await report(record, line, project, files, terminal)
    return record.exitCode
  } finally {
    await project.close()
  }
}

function selected(project: Project, line: CommandLine): readonly ScenarioCard[] {
  if (project.scenarios.length === 0 && project.troubles.length === 0) {
    throw new StormproofError('nothing-selected', 'there is no scenario here', {
      remedy: 'a scenario file is called something.scenario.ts and exports defineScenario({ … }) as its default',
    })
  }
  if (project.scenarios.length === 0) return []
  return selectScenarios(project.scenarios, [...line.words, ...line.filters])
}

function budgetOf(line: CommandLine, project: Project): Budget {
  const { config } = project.config
  return {
    seed: line.seed ?? String(defaultSeed),
    trials: line.trials ?? config.trials ?? defaultTrials,
    timeMs: line.timeMs ?? parseTime(defaultTime),
    presetOf: (card) => line.faults ?? card.preset ?? config.faults ?? 'stormy',
  }
}

async function runAll(
  project: Project,
  cards: readonly ScenarioCard[],
  budget: Budget,
  line: CommandLine,
  terminal: Terminal,
  files: RecordFolder,
): Promise<readonly ScenarioRecord[]> {
  const progress = progressOn(terminal, line.quiet ? 'none' : line.progress, () => performance.now())
  const stopping = new AbortController()
  const interrupt = onInterrupt(terminal, () => stopping.abort())
  const records: ScenarioRecord[] = []
  const onTrial = (trial: TrialRecord): void => {
    files.trial(trial)
    if (line.json) terminal.out(trialLine(trial))
  }
  try {
    for (const card of cards) {
      try {
        const repros = keptOf(project, card)
        const { trials, timeMs, seed } = budget
        const plan = {
          scenario: card,
          hands: project.hands,
          seed,
          preset: budget.presetOf(card),
          trials,
          timeMs,
          repros,
          now: () => Date.now(),
          signal: stopping.signal,
          onTrial,
        }
        const record = await runCampaign({
          ...plan,
          onProgress: (at) => progress.moved(card.name, at.done, at.total, at.findings),
        })
        records.push(record)
        const before = records.slice(0, -1).reduce((sum, one) => sum + one.findings.length, 0)
        for (const [index, finding] of record.findings.entries())
          progress.found(`F${before + index + 1}`, finding.says, card.name)
      } catch (error) {
        if (!isStormproofError(error) || error.code === 'internal' || error.code === 'unwritable') throw error
        records.push(
          scenarioNotRun({ file: card.file, name: card.name, message: error.message, remedy: error.remedy ?? '' }),
        )
      }
    }
  } finally {
    progress.end()
    interrupt.release()
  }
  return records
}

function keptOf(project: Project, card: ScenarioCard): readonly (readonly Pair[])[] {
  return readRepros(`${project.config.folder}/${card.file}`)
    .filter((kept) => kept.scenario === card.name)
    .flatMap((kept) => {
      const repro = decodeToken(kept.token)
      return 'decisions' in repro ? [repro.decisions] : []
    })
}

/** Histories are made by one more replay each: a campaign keeps none in memory. */
async function writeRecord(record: CampaignRecord, project: Project, files: RecordFolder): Promise<void> {
  const [hands] = project.hands
  for (const finding of record.scenarios.flatMap((scenario) => scenario.findings)) {
    const source = { kind: 'replay', decisions: finding.decisions } as const
    const bytes = await hands?.bytes(finding.scenario, { origin: 'replay', index: 0, source })
    if (bytes) files.history(finding, bytes.events)
  }
  files.end(record)
}

async function report(
  record: CampaignRecord,
  line: CommandLine,
  project: Project,
  files: RecordFolder,
  terminal: Terminal,
): Promise<void> {
  const reporters = line.reporters ?? project.config.config.reporters ?? ['console']
  const toConsole = line.json ? terminal.error : terminal.out
  if (line.json)
    terminal.out(
      [
        ...record.scenarios.flatMap((scenario) => scenario.findings.map(findingLine)),
        ...record.gates.map(gateLine),
        endLine(record),
      ].join(''),
    )
  for (const reporter of reporters) {
    if (reporter === 'console') {
      if (!line.json)
        toConsole(
          consoleReport(record, {
            width: terminal.width,
            color: terminal.color,
            quiet: line.quiet,
            verbose: line.verbose,
            folder: shown(files.path),
          }),
        )
    } else if (typeof reporter === 'string' && reporter !== 'ndjson')
      terminal.error(` the reporter ${reporter} of the configuration is not part of this version: left out\n`)
    else if (reporter === 'ndjson') files.file('report.ndjson', ndjsonReport(record))
    else {
      for (const finding of record.scenarios.flatMap((scenario) => scenario.findings))
        reporter.onFinding?.(findingOf(finding))
      await reporter.onEnd(campaignOf(record), { write: (path, bytes) => files.file(path, bytes) })
    }
  }
}

/** Relative where that is shorter. */
const shown = (path: string): string =>
  path.startsWith(`${process.cwd()}/`) ? path.slice(process.cwd().length + 1) : path
