/** `stormproof run`: every selected scenario through its campaign, one record, the reports, the exit code. */

import { startLine } from '../../reporters/ndjson.js'
import { StormproofError } from '../core/error.js'
import { defaultSeed, defaultTime, defaultTrials, parseTime } from '../explore/budget.js'
import { checkComparable } from '../explore/combine.js'
import { isHang } from '../explore/finding-book.js'
import { unitsOf, unitsOfShard } from '../explore/part.js'
import { strategyOf } from '../explore/strategies.js'
import type { CampaignRecord } from '../report/record.js'
import { baselineOf } from './baseline.js'
import type { CommandLine } from './command-line.js'
import { commitHere, environmentAt } from './environment.js'
import { chosenReporters, giveReports } from './give-reports.js'
import type { FileTrouble } from './load-scenarios.js'
import { scenarioNotRun } from './not-run.js'
import { jobsOf, openConfig, openProject, type Project, selectScenarios } from './project.js'
import { type Manifest, openRecordFolder, planDigest, type RecordFolder } from './record-folder.js'
import { homelessRepros } from './repro-file.js'
import { type Budget, runScenarios } from './run-scenarios.js'
import { recordOf, shardFile, shardText } from './shard-file.js'
import type { Terminal } from './terminal.js'
import { packageVersion } from './version.js'
import type { ScenarioCard } from './worker-message.js'

export async function run(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const started = Date.now()
  const config = await openConfig(line, folder)
  const baseline = baselineOf(line, folder, config)
  const project = await openProject(config, jobsOf(line), terminal, line.hangMs)
  try {
    const cards = selected(project, line)
    const budget = budgetOf(line, project)
    const root = `${line.out ?? `${config.folder}/.stormproof`}`
    const manifest = manifestOf(line, cards, budget, project, started)
    if (baseline && cards.length > 0) checkComparable(baseline, { ...manifest, campaign: '' })
    const files = openRecordFolder(root, manifest)
    const { campaign, seed, preset, trials } = manifest
    const names = cards.map((card) => card.name)
    if (line.json) terminal.out(startLine({ campaign, seed, preset, trials, scenarios: names }))
    const all = unitsOf(names, budget.trials)
    const units = line.shard ? unitsOfShard(all, line.shard) : all
    const played = await runScenarios(project, cards, units, budget, line, terminal, files)
    const notRun = [...project.troubles, ...homeless(project, cards)].map(scenarioNotRun)
    const record = recordOf(manifest, notRun, played, environmentAt(started, line.reproducible), { baseline })
    if (line.shard)
      files.file(shardFile, shardText({ schemaVersion: 1, environment: record.environment, notRun, played }))
    await writeHistories(record, project, files)
    files.end(record)
    const chosen = chosenReporters(line, config.config)
    await giveReports(record, chosen, { line, folder: files, root: config.folder, terminal })
    if (line.shard && !line.quiet)
      terminal.error(` shard ${line.shard.index} of ${line.shard.count}: npx stormproof merge <folder…> joins them\n`)
    return record.exitCode
  } finally {
    await project.close()
  }
}

function manifestOf(
  line: CommandLine,
  cards: readonly ScenarioCard[],
  budget: Budget,
  { config }: Project,
  started: number,
): Manifest {
  const scenarios = cards.map((card) => ({ name: card.name, file: card.file, preset: budget.presetOf(card) }))
  const manifest: Manifest = {
    schemaVersion: 1,
    campaign: '',
    seed: budget.seed,
    preset: [...new Set(scenarios.map(({ preset }) => preset))].join(' + ') || 'stormy',
    ...(budget.strategy && { strategy: budget.strategy }),
    ...{ trials: budget.trials, timeMs: budget.timeMs, scenarios },
    gates: config.config.gates ?? {},
    versions: { stormproof: packageVersion(), node: process.version },
    commit: commitHere(),
    reproducible: line.reproducible,
    ...(line.shard && { shard: line.shard }),
  }
  const now = new Date(started).toISOString().replace(/[-:]/g, '').slice(0, 15)
  const name = line.reproducible ? planDigest(manifest) : `${now}-${process.pid}`
  return { ...manifest, campaign: line.shard ? `${name}-shard-${line.shard.index}-of-${line.shard.count}` : name }
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
    strategy: line.strategy ?? (config.strategy === undefined ? undefined : strategyOf(config.strategy).name),
    timeMs: line.timeMs ?? parseTime(defaultTime),
    presetOf: (card) => line.faults ?? card.preset ?? config.faults ?? 'stormy',
  }
}

/** Made by one more replay each: a campaign keeps none in memory. */
async function writeHistories(record: CampaignRecord, project: Project, files: RecordFolder): Promise<void> {
  const [hands] = project.hands
  for (const finding of record.scenarios.flatMap((scenario) => scenario.findings)) {
    if (isHang(finding)) continue
    const source = { kind: 'replay', decisions: finding.decisions } as const
    const bytes = await hands?.bytes(finding.scenario, { origin: 'replay', index: 0, source }).catch(() => undefined)
    if (bytes) files.history(finding, bytes.events)
  }
}
