/** A campaign from its manifest to its record, its reports and its exit code: one that begins, or one that is taken up again. */

import { startLine } from '../../reporters/ndjson.js'
import { isHang } from '../explore/finding-book.js'
import { maskedEvents } from '../explore/masked.js'
import { unitsOf, unitsOfShard } from '../explore/part.js'
import type { CampaignRecord } from '../report/record.js'
import type { CommandLine } from './command-line.js'
import type { DonePart } from './done-parts.js'
import { environmentAt } from './environment.js'
import { chosenReporters, giveReports } from './give-reports.js'
import type { FileTrouble } from './load-scenarios.js'
import type { Manifest } from './manifest.js'
import { scenarioNotRun } from './not-run.js'
import type { Project } from './project.js'
import { openRecordFolder, type RecordFolder } from './record-folder.js'
import { homelessRepros } from './repro-file.js'
import { runScenarios } from './run-scenarios.js'
import { recordOf, shardFile, shardText } from './shard-file.js'
import type { Terminal } from './terminal.js'
import type { ScenarioCard } from './worker-message.js'

export interface Conducted {
  readonly line: CommandLine
  readonly terminal: Terminal
  readonly project: Project
  /** Folder of all records. */
  readonly root: string
  readonly manifest: Manifest
  /** The scenarios of the manifest. */
  readonly cards: readonly ScenarioCard[]
  readonly baseline: CampaignRecord | undefined
  /** Parts that ran before and are not run again. */
  readonly done?: readonly DonePart[]
  /** Wall clock in milliseconds. */
  readonly started: number
}

export async function conduct(plan: Conducted): Promise<number> {
  const { line, terminal, project, root, manifest, cards, baseline, done = [], started } = plan
  const files = openRecordFolder(root, manifest, done)
  const { campaign, seed, preset, trials, shard } = manifest
  const names = cards.map((card) => card.name)
  if (line.json) terminal.out(startLine({ campaign, seed, preset, trials, scenarios: names }))
  const all = unitsOf(names, trials)
  const units = shard ? unitsOfShard(all, shard) : all
  const played = await runScenarios({ project, cards, units, manifest, line, terminal, files, done })
  const notRun = [...project.troubles, ...homeless(project, cards)].map(scenarioNotRun)
  const record = recordOf(manifest, notRun, played, environmentAt(started, manifest.reproducible), { baseline })
  if (shard) files.file(shardFile, shardText({ schemaVersion: 1, environment: record.environment, notRun, played }))
  await writeHistories(record, project, files)
  files.end(record)
  const { config } = project
  await giveReports(record, chosenReporters(line, config.config), {
    line,
    folder: files,
    root: config.folder,
    terminal,
  })
  if (record.result === 'interrupted' && !line.quiet) terminal.error(' npx stormproof resume goes on with it\n')
  if (shard && !line.quiet)
    terminal.error(` shard ${shard.index} of ${shard.count}: npx stormproof merge <folder…> joins them\n`)
  return record.exitCode
}

/** Kept repros of names that the files of these scenarios do not have. */
function homeless({ config, scenarios }: Project, cards: readonly ScenarioCard[]): readonly FileTrouble[] {
  return [...new Set(cards.map((card) => card.file))].flatMap((file) => {
    const names = scenarios.filter((card) => card.file === file).map((card) => card.name)
    return homelessRepros(config.folder, file, names)
  })
}

/** Made by one more replay each: a campaign keeps none in memory. */
async function writeHistories(record: CampaignRecord, project: Project, files: RecordFolder): Promise<void> {
  const [hands] = project.hands
  for (const finding of record.scenarios.flatMap((scenario) => scenario.findings)) {
    if (isHang(finding)) continue
    const source = { kind: 'replay', decisions: finding.decisions } as const
    const bytes = await hands?.bytes(finding.scenario, { origin: 'replay', index: 0, source }).catch(() => undefined)
    if (bytes) files.history(finding, maskedEvents(bytes))
  }
}
