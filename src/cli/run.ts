/** `stormproof run`: every selected scenario through its campaign, one record, the reports, the exit code. */

import { startLine } from '../../reporters/ndjson.js'
import { StormproofError } from '../core/error.js'
import { defaultSeed, defaultTime, defaultTrials, parseTime } from '../explore/budget.js'
import { combine } from '../explore/combine.js'
import { isHang } from '../explore/finding-book.js'
import type { CampaignRecord } from '../report/record.js'
import type { CommandLine } from './command-line.js'
import { environmentAt } from './environment.js'
import { chosenReporters, giveReports } from './give-reports.js'
import type { FileTrouble } from './load-scenarios.js'
import { scenarioNotRun } from './not-run.js'
import { jobsOf, openConfig, openProject, type Project, selectScenarios } from './project.js'
import { openRecordFolder, type RecordFolder } from './record-folder.js'
import { homelessRepros } from './repro-file.js'
import { type Budget, runScenarios } from './run-scenarios.js'
import type { Terminal } from './terminal.js'
import { packageVersion } from './version.js'
import type { ScenarioCard } from './worker-message.js'

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
    const scenarios = await runScenarios(project, cards, budget, line, terminal, files)
    const environment = environmentAt(started)
    const gates = config.config.gates
    const troubles = [...project.troubles, ...homeless(project, cards)]
    const record = combine([...troubles.map(scenarioNotRun), ...scenarios], {
      ...header,
      ...(gates && { gates }),
      environment,
    })
    await writeRecord(record, project, files)
    const chosen = chosenReporters(line, config.config)
    await giveReports(record, chosen, { line, folder: files, root: config.folder, terminal })
    return record.exitCode
  } finally {
    await project.close()
  }
}

/** Kept repros of names that the files of these scenarios do not have. */
function homeless({ config, scenarios }: Project, cards: readonly ScenarioCard[]): readonly FileTrouble[] {
  return [...new Set(cards.map((card) => card.file))].flatMap((file) => {
    const names = scenarios.filter((card) => card.file === file).map((card) => card.name)
    return homelessRepros(config.folder, file, names)
  })
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

/** Histories are made by one more replay each: a campaign keeps none in memory. */
async function writeRecord(record: CampaignRecord, project: Project, files: RecordFolder): Promise<void> {
  const [hands] = project.hands
  for (const finding of record.scenarios.flatMap((scenario) => scenario.findings)) {
    if (isHang(finding)) continue
    const source = { kind: 'replay', decisions: finding.decisions } as const
    const bytes = await hands?.bytes(finding.scenario, { origin: 'replay', index: 0, source }).catch(() => undefined)
    if (bytes) files.history(finding, bytes.events)
  }
  files.end(record)
}
