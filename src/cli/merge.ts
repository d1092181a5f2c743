/** `stormproof merge`: the shards of a campaign as the one record it would have left in one piece; nothing is run. */

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StormproofError } from '../core/error.js'
import { checkComparable } from '../explore/combine.js'
import type { Played } from '../explore/join-parts.js'
import type { CampaignRecord, Environment, FindingRecord } from '../report/record.js'
import { baselineOf } from './baseline.js'
import type { CommandLine } from './command-line.js'
import { type FoundShard, findShards, missingOf } from './find-shards.js'
import { chosenReporters, giveReports } from './give-reports.js'
import { type Manifest, planDigest } from './manifest.js'
import { openConfig } from './project.js'
import { historyFile, openRecordFolder, type RecordFolder } from './record-folder.js'
import { recordOf } from './shard-file.js'
import type { Terminal } from './terminal.js'

/** The exit code is that of the campaign, or 6. */
export async function merge(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  if (line.words.length === 0)
    throw new StormproofError('usage', 'merge needs the folders of the shards', {
      remedy: 'npx stormproof merge shards/, where the records of all shards lie',
    })
  const config = await openConfig(line, folder)
  const baseline = baselineOf(line, folder, config)
  const shards = findShards(
    line.words.map((word) => resolve(folder, word)),
    line.allowPartial,
  )
  const manifest = wholeManifest(shards)
  if (baseline) checkComparable(baseline, manifest)
  const played = playedBy(shards, manifest)
  const missing = missingOf(shards)
  const first = shards[0] as FoundShard
  const record = recordOf(manifest, first.parts.notRun, played, environmentOf(shards), {
    absent: missing.length > 0 ? { count: first.shard.count, missing } : undefined,
    baseline,
  })
  const files = openRecordFolder(resolve(line.out ?? join(config.folder, '.stormproof')), manifest)
  writeTrials(shards, played, files)
  copyHistories(record, shards, files)
  files.end(record)
  await giveReports(record, chosenReporters(line, config.config), {
    line,
    folder: files,
    root: config.folder,
    terminal,
  })
  return record.exitCode
}

/** As it would be without shards. The same shards always make a campaign of the same name. */
function wholeManifest(shards: readonly FoundShard[]): Manifest {
  const { shard: _shard, ...manifest } = (shards[0] as FoundShard).manifest
  const started = environmentOf(shards).startedAt.replace(/[-:]/g, '').slice(0, 15)
  return { ...manifest, campaign: manifest.reproducible ? planDigest(manifest) : `${started}-merged` }
}

/** From the first start to the last end. */
function environmentOf(shards: readonly FoundShard[]): Environment {
  const all = shards.map(({ parts }) => parts.environment)
  const starts = all.map(({ startedAt }) => Date.parse(startedAt))
  const start = Math.min(...starts)
  const wallMs = Math.max(...all.map((one, index) => (starts[index] as number) + one.wallMs)) - start
  return { ...(all[0] as Environment), startedAt: new Date(start).toISOString(), wallMs }
}

/** Each scenario with its parts from all shards, in order. */
function playedBy(shards: readonly FoundShard[], { scenarios }: Manifest): readonly Played[] {
  return scenarios.flatMap(({ name }) => {
    const own = shards.flatMap(({ parts }) => parts.played.filter((one) => one.name === name))
    if (own.length === 0) return []
    const parts = own.flatMap((one) => one.parts).sort((one, other) => one.part - other.part)
    const errors = own.flatMap(({ instead }) => (instead ? [instead] : []))
    const instead = errors.find(({ result }) => result !== 'interrupted') ?? errors[0]
    return [{ name, parts, instead }]
  })
}

/** The lines of each part, from the shard that ran it. */
function writeTrials(shards: readonly FoundShard[], played: readonly Played[], files: RecordFolder): void {
  const linesOf = new Map<string, readonly string[]>()
  for (const { path, shard, parts } of shards) {
    const text = existsSync(join(path, 'trials.ndjson')) ? readFileSync(join(path, 'trials.ndjson'), 'utf8') : ''
    const lines = text.split('\n').slice(0, -1)
    let next = 0
    for (const { name, parts: own } of parts.played)
      for (const { part, trials } of own) {
        linesOf.set(`${name}/${part}`, lines.slice(next, next + trials))
        next += trials
      }
    if (next > lines.length)
      throw new StormproofError(
        'merge-refused',
        `trials.ndjson of shard ${shard.index}/${shard.count} is damaged: ${lines.length} lines, ${next} expected`,
        { remedy: 'run this shard again' },
      )
  }
  for (const { name, parts } of played) {
    const last = parts.findIndex(({ ended }) => ended)
    for (const { part } of last < 0 ? parts : parts.slice(0, last + 1))
      for (const line of linesOf.get(`${name}/${part}`) ?? []) files.trialLine(line)
  }
}

/** Findings have other numbers than in their shards; their tokens are the same. */
function copyHistories({ scenarios }: CampaignRecord, shards: readonly FoundShard[], files: RecordFolder): void {
  const own = shards.flatMap(({ path, parts, manifest, shard }) => {
    const { scenarios: records } = recordOf({ ...manifest, shard }, parts.notRun, parts.played, parts.environment)
    return records.flatMap(({ findings }) => findings.map((finding) => ({ path, finding })))
  })
  for (const finding of scenarios.flatMap(({ findings }) => findings)) {
    const from = own.find((one) => isSame(one.finding, finding))
    const file = from && join(from.path, historyFile(from.finding))
    if (file && existsSync(file)) files.history(finding, readFileSync(file, 'utf8').split('\n').slice(0, -1))
  }
}

const isSame = (one: FindingRecord, other: FindingRecord): boolean =>
  one.scenario === other.scenario && one.token === other.token && one.signature === other.signature
