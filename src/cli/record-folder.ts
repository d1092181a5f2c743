/** Where campaigns are kept: `.stormproof/campaigns/<id>/`, and `.stormproof/latest`, a file that names the last one. */

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { StormproofError } from '../core/error.js'
import type { AnyEvent } from '../core/event.js'
import { type CampaignRecord, type FindingRecord, schemaVersion, type TrialRecord } from '../report/record.js'
import { recordShape } from '../report/record-shape.js'
import { type Shape, wrongWords } from '../report/shape.js'
import { type DonePart, donePartLine, partsFile } from './done-parts.js'
import type { Manifest } from './manifest.js'
import { wholeLines } from './whole-lines.js'

export interface RecordFolder {
  /** Absolute. */
  readonly path: string
  trial(trial: TrialRecord): void
  /** A trial that was written before. */
  trialLine(line: string): void
  /** Writes the trials that wait for a full batch. */
  flush(): void
  /** Keeps what a part showed, after the trials of it. */
  part(done: Omit<DonePart, 'trialBytes'>): void
  history(finding: FindingRecord, events: readonly string[]): void
  /** A file of a reporter; `path` must stay inside. */
  file(path: string, bytes: string | Uint8Array): void
  end(record: CampaignRecord): void
}

/** Lines of trials written at once. */
const batch = 64

/**
 * Creates the folder and writes the manifest, so that what cannot be written is known before the first trial.
 * `done`: parts that were kept before and stay, with their trials; anything else that lies there is gone.
 */
export function openRecordFolder(root: string, manifest: Manifest, done: readonly DonePart[] = []): RecordFolder {
  const path = join(resolve(root), 'campaigns', manifest.campaign)
  const trials = join(path, 'trials.ndjson')
  let trialBytes = done.at(-1)?.trialBytes ?? 0
  tryWriting(path, () => {
    // A reproducible campaign lies where it lay before: histories of findings that are gone would stay.
    for (const old of ['histories', 'record.json']) rmSync(join(path, old), { recursive: true, force: true })
    makeFolder(join(path, 'histories'))
    // What is recorded may hold whatever an agent said: it does not belong into a repository by accident.
    if (!existsSync(join(root, '.gitignore'))) writeFileSync(join(root, '.gitignore'), '*\n')
    writeFileSync(join(path, 'manifest.json'), json(manifest))
    writeFileSync(join(path, partsFile), done.map(donePartLine).join(''))
    if (trialBytes > 0) truncateSync(trials, trialBytes)
    else writeFileSync(trials, '')
  })
  let waiting: string[] = []
  const flush = (): void => {
    if (waiting.length === 0) return
    const lines = waiting.join('')
    tryWriting(path, () => appendFileSync(trials, lines))
    trialBytes += Buffer.byteLength(lines)
    waiting = []
  }
  const trialLine = (text: string): void => {
    waiting.push(`${text}\n`)
    if (waiting.length >= batch) flush()
  }
  const file = (name: string, bytes: string | Uint8Array): void => writeInside(path, name, bytes)
  return {
    path,
    file,
    flush,
    trial: (trial) => trialLine(JSON.stringify(trial)),
    trialLine,
    part(part) {
      flush()
      tryWriting(path, () => appendFileSync(join(path, partsFile), donePartLine({ ...part, trialBytes })))
    },
    history: (finding, events) => file(historyFile(finding), events.map((event) => `${event}\n`).join('')),
    end(record) {
      flush()
      file('record.json', json(record))
      if (record.result !== 'interrupted') rmSync(join(path, partsFile), { force: true })
      const latest = join(resolve(root), 'latest')
      tryWriting(latest, () => {
        // Written beside and moved, so that nobody ever reads half a pointer.
        writeFileSync(`${latest}.new`, `campaigns/${manifest.campaign}\n`)
        rmSync(latest, { recursive: true, force: true })
        renameSync(`${latest}.new`, latest)
      })
    },
  }
}

/** The events of a finding, one a line, in the folder of its campaign. */
export const historyFile = ({ scenario, id }: Pick<FindingRecord, 'scenario' | 'id'>): string =>
  join('histories', `${scenario.replace(/[^\w.-]/g, '_')}-${id}.ndjson`)

/** Empty where no history of it was kept; what is damaged ends it. */
export const readHistory = (folder: string, finding: Pick<FindingRecord, 'scenario' | 'id'>): readonly AnyEvent[] =>
  wholeLines(join(folder, historyFile(finding)), isEvent)

function isEvent(value: unknown): value is AnyEvent {
  const event = value as Partial<AnyEvent> | null | undefined
  return typeof event?.type === 'string' && Number.isFinite(event.vt) && Number.isFinite(event.seq)
}

/** A file of a reporter; `name` must stay inside the folder. */
export function writeInside(folder: string, name: string, bytes: string | Uint8Array): void {
  const target = resolve(folder, name)
  if (!target.startsWith(folder + sep))
    throw new StormproofError(
      'unwritable',
      `a reporter wants to write ${JSON.stringify(name)}, which is outside of the record`,
      { remedy: 'give a path relative to the folder of the campaign' },
    )
  tryWriting(target, () => {
    makeFolder(dirname(target))
    writeFileSync(target, bytes)
  })
}

/** The folder of the last campaign that ended. */
export function latestFolder(root: string): string {
  const pointer = join(root, 'latest')
  if (!existsSync(pointer))
    throw new StormproofError('usage', `there is no campaign in ${root}`, { remedy: 'run one first: npx stormproof' })
  return join(root, readFileSync(pointer, 'utf8').trim())
}

/** The record of the last campaign that ended. */
export const readLatest = (root: string): CampaignRecord => readRecord(latestFolder(root))

/** A record by what people have at hand: the folder of a campaign, one that keeps campaigns, or the name of a campaign in `root`. */
export function findRecord(named: string, folder: string, root: string): CampaignRecord {
  const path = resolve(folder, named)
  const inRoot = join(resolve(root), 'campaigns', named)
  if (!existsSync(path) && existsSync(inRoot)) return readRecord(inRoot)
  return existsSync(join(path, 'latest')) ? readLatest(path) : readRecord(path)
}

/** The record in the folder of a campaign. */
export function readRecord(folder: string): CampaignRecord {
  const file = join(folder, 'record.json')
  if (!existsSync(file))
    throw new StormproofError('usage', `there is no record of a campaign that ended in ${folder}`, {
      remedy: 'name the folder of a campaign, or run one first: npx stormproof',
    })
  return readJson(file, recordShape) as CampaignRecord
}

/** Records of one schema number may still lack what was added to them later. */
export const remedyOfMisfit =
  'it was changed by hand, or an earlier stormproof wrote it, which did not keep this yet: run again with this one, npx stormproof, and give the new record where the old one was named'

/** Throws a `usage` error for what is no JSON, of another version, or not of that shape. */
export function readJson(file: string, shape: Shape): unknown {
  const remedy = 'run again: npx stormproof'
  const value = parsed(file, remedy)
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (typeof version === 'number' && version !== schemaVersion)
    throw new StormproofError(
      'usage',
      `${file} was written by another version of stormproof (schema ${version}, here ${schemaVersion})`,
      {
        remedy: version > schemaVersion ? 'use the newer version, or run again with this one: npx stormproof' : remedy,
      },
    )
  const wrong = shape(value, '')
  if (wrong !== undefined)
    throw new StormproofError('usage', `${file} is damaged${wrongWords(wrong)}`, { remedy: remedyOfMisfit })
  return value
}

function parsed(file: string, remedy: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new StormproofError('usage', `${file} is damaged: ${(error as Error).message}`, { remedy, cause: error })
  }
}

/** One folder at a time: `recursive` of Node never returns where the parent refuses with ENOENT (`/proc`). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path))
  mkdirSync(path)
}

function tryWriting(path: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new StormproofError('unwritable', `${path} cannot be written (${code})`, {
      remedy: 'name another folder: --out=/tmp/stormproof',
      cause: error,
    })
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
