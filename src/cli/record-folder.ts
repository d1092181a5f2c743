/** Where campaigns are kept: `.stormproof/campaigns/<id>/`, and `.stormproof/latest`, a file that names the last one. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { StormproofError } from '../core/error.js'
import { type CampaignRecord, type FindingRecord, schemaVersion, type TrialRecord } from '../report/record.js'

/** What a campaign set out to do, written before it begins. */
export interface Manifest {
  readonly schemaVersion: typeof schemaVersion
  readonly campaign: string
  readonly seed: string
  readonly preset: string
  readonly trials: number
  readonly timeMs: number
  readonly scenarios: readonly { readonly name: string; readonly file: string }[]
  readonly versions: { readonly stormproof: string; readonly node: string }
}

export interface RecordFolder {
  /** Absolute. */
  readonly path: string
  trial(trial: TrialRecord): void
  /** Writes the trials that wait for a full batch. */
  flush(): void
  history(finding: FindingRecord, events: readonly string[]): void
  /** A file of a reporter; `path` must stay inside. */
  file(path: string, bytes: string | Uint8Array): void
  end(record: CampaignRecord): void
}

/** Lines of trials written at once. */
const batch = 64

/** Creates the folder and writes the manifest, so that what cannot be written is known before the first trial. */
export function openRecordFolder(root: string, manifest: Manifest): RecordFolder {
  const path = join(resolve(root), 'campaigns', manifest.campaign)
  tryWriting(path, () => {
    makeFolder(join(path, 'histories'))
    // What is recorded may hold whatever an agent said: it does not belong into a repository by accident.
    if (!existsSync(join(root, '.gitignore'))) writeFileSync(join(root, '.gitignore'), '*\n')
    writeFileSync(join(path, 'manifest.json'), json(manifest))
    writeFileSync(join(path, 'trials.ndjson'), '')
  })
  let waiting: string[] = []
  const flush = (): void => {
    if (waiting.length > 0) tryWriting(path, () => appendFileSync(join(path, 'trials.ndjson'), waiting.join('')))
    waiting = []
  }
  const file = (name: string, bytes: string | Uint8Array): void => writeInside(path, name, bytes)
  return {
    path,
    file,
    flush,
    trial(trial) {
      waiting.push(`${JSON.stringify(trial)}\n`)
      if (waiting.length >= batch) flush()
    },
    history: (finding, events) =>
      file(
        join('histories', `${finding.scenario.replace(/[^\w.-]/g, '_')}-${finding.id}.ndjson`),
        events.map((event) => `${event}\n`).join(''),
      ),
    end(record) {
      flush()
      file('record.json', json(record))
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

/** The record in the folder of a campaign. */
export function readRecord(folder: string): CampaignRecord {
  const file = join(folder, 'record.json')
  if (!existsSync(file))
    throw new StormproofError('usage', `there is no record of a campaign that ended in ${folder}`, {
      remedy: 'name the folder of a campaign, or run one first: npx stormproof',
    })
  const record = parseRecord(file)
  if (record.schemaVersion !== schemaVersion)
    throw new StormproofError(
      'usage',
      `${file} was written by another version of stormproof (schema ${record.schemaVersion}, here ${schemaVersion})`,
      { remedy: 'run again: npx stormproof' },
    )
  return record
}

function parseRecord(file: string): CampaignRecord {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as CampaignRecord
  } catch (error) {
    throw new StormproofError('usage', `${file} is damaged`, { remedy: 'run again: npx stormproof', cause: error })
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
