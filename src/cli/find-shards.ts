/** The shards of one campaign below some folders, or why they are none: one is missing, there twice, unfinished, or of another campaign. */

import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { StormproofError } from '../core/error.js'
import { canonical } from '../core/json.js'
import { type Shard, unitsOf, unitsOfShard } from '../explore/part.js'
import { type Manifest, manifestShape, planDigest } from './manifest.js'
import { readJson } from './record-folder.js'
import { type ShardParts, shardFile, shardShape } from './shard-file.js'

export interface FoundShard {
  readonly path: string
  readonly shard: Shard
  readonly manifest: Manifest
  readonly parts: ShardParts
}

/** How deep artefacts of a CI lie. */
const deepest = 6

/** In their order. Throws `merge-refused` where they do not make one campaign; `allowMissing` lets some be missing, not all. */
export function findShards(folders: readonly string[], allowMissing: boolean): readonly FoundShard[] {
  const paths = [...new Set(folders.flatMap((folder) => manifestsBelow(folder, 0)).map((path) => realpathSync(path)))]
  const manifests = paths.map((path) => ({ path, manifest: manifestAt(path) }))
  const shards = manifests.flatMap(({ path, manifest }) =>
    manifest.shard ? [{ path, manifest, shard: manifest.shard }] : [],
  )
  const [first] = shards
  if (!first)
    throw new StormproofError('usage', `there is no shard of a campaign in ${folders.join(', ')}`, {
      remedy: 'name the folders that `npx stormproof --shard=1/4 --out=…` wrote',
    })
  for (const other of shards) checkSame(first, other)
  checkOnce(shards)
  const missing = missingOf(shards)
  if (missing.length > 0 && !allowMissing) {
    const have = shards.map(({ shard }) => shard.index).sort((one, other) => one - other)
    throw refused(
      `shard ${missing.map((index) => `${index}/${first.shard.count}`).join(', ')} is missing; here: ${have.join(', ')}`,
      'run it, or merge with --allow-partial for a report that says it is partial',
    )
  }
  const all = shards.map((one) => ({ ...one, parts: partsAt(one) }))
  for (const other of all) checkCode(all, other)
  return all.sort((one, other) => one.shard.index - other.shard.index)
}

export const missingOf = (shards: readonly { readonly shard: Shard }[]): readonly number[] => {
  const there = new Set(shards.map(({ shard }) => shard.index))
  return Array.from({ length: shards[0]?.shard.count ?? 0 }, (_, index) => index + 1).filter((one) => !there.has(one))
}

function manifestsBelow(folder: string, depth: number): readonly string[] {
  if (existsSync(join(folder, 'manifest.json'))) return [folder]
  if (depth > deepest) return []
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map(({ name }) => name)
      .sort()
      .flatMap((name) => manifestsBelow(join(folder, name), depth + 1))
  } catch (error) {
    throw new StormproofError('usage', `${folder} cannot be read (${(error as NodeJS.ErrnoException).code})`, {
      remedy: 'name folders that `npx stormproof --shard=1/4 --out=…` wrote',
      cause: error,
    })
  }
}

const manifestAt = (path: string): Manifest =>
  asRefusal(() => readJson(join(path, 'manifest.json'), manifestShape)) as Manifest

function partsAt({ path, manifest, shard }: Known): ShardParts {
  const { index, count } = shard
  const file = join(path, shardFile)
  if (!existsSync(file))
    throw refused(`shard ${index}/${count} did not end: ${path} has no ${shardFile}`, 'run it again')
  const parts = asRefusal(() => readJson(file, shardShape)) as ShardParts
  const names = manifest.scenarios.map(({ name }) => name)
  const own = new Set(
    unitsOfShard(unitsOf(names, manifest.trials), shard).map((unit) => `${unit.scenario}/${unit.part}`),
  )
  for (const played of parts.played)
    for (const { part } of played.parts)
      if (!own.delete(`${played.name}/${part}`))
        throw refused(
          `part ${part} of ${played.name} is not one that shard ${index}/${count} runs, or is there twice`,
          'run this shard again',
        )
  return parts
}

/** What is damaged, or of another version, cannot be merged. */
function asRefusal<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof StormproofError)) throw error
    throw refused(error.message, 'run this shard again, all of them with one version of stormproof')
  }
}

type Known = Pick<FoundShard, 'path' | 'shard' | 'manifest'>

/** What all shards of a campaign share, in words. */
const shared: readonly (readonly [string, (manifest: Manifest) => unknown])[] = [
  ['number of shards', ({ shard }) => shard?.count],
  ['version of stormproof', ({ versions }) => versions.stormproof],
  ['seed', ({ seed }) => seed],
  ['strategy', ({ strategy }) => strategy ?? ''],
  ['--pairs', ({ pairs }) => pairs ?? ''],
  ['preset of faults', ({ preset }) => preset],
  ['number of storms', ({ trials }) => trials],
  ['time a scenario', ({ timeMs }) => timeMs],
  ['list of scenarios', ({ scenarios }) => scenarios.map(({ name, file, preset }) => `${name} (${file}, ${preset})`)],
  ['gates', ({ gates }) => gates],
  ['--reliability', ({ reliability }) => reliability ?? false],
  ['--reproducible', ({ reproducible }) => reproducible],
  ['commit', ({ commit }) => commit],
]

function checkSame(first: Known, other: Known): void {
  for (const [what, of] of shared) {
    const [one, two] = [canonical(of(first.manifest)), canonical(of(other.manifest))]
    if (one !== two)
      throw refused(
        `${first.path} and ${other.path} are of different campaigns: ${what} ${short(one)} and ${short(two)}`,
        'give each --shard the same flags and the same code, and merge those alone',
      )
  }
  // Nothing above names what else the digest may hold.
  if (planDigest(first.manifest) !== planDigest(other.manifest))
    throw refused(`${first.path} and ${other.path} are of different campaigns`, 'give each --shard the same flags')
}

const short = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text)

function checkOnce(shards: readonly Known[]): void {
  const seen = new Map<number, string>()
  for (const { path, shard } of shards) {
    const before = seen.get(shard.index)
    if (before !== undefined)
      throw refused(
        `shard ${shard.index}/${shard.count} is there twice: ${before} and ${path}`,
        'name one of the two, or merge the artefacts of one run alone',
      )
    seen.set(shard.index, path)
    if (shard.index < 1 || shard.index > shard.count)
      throw refused(`${path} says that it is shard ${shard.index}/${shard.count}`, 'run this shard again')
  }
}

/** Machines that ran other code, or run the same code in another way, had another calm day. */
function checkCode(all: readonly FoundShard[], { shard, parts }: FoundShard): void {
  for (const { name, parts: own } of parts.played)
    for (const other of all)
      for (const part of other.parts.played.find((one) => one.name === name)?.parts ?? [])
        for (const { calm } of own)
          if (calm.fingerprint !== part.calm.fingerprint)
            throw refused(
              `shards ${other.shard.index} and ${shard.index} did not run the same code: the calm day of ${name} differs`,
              'run all shards of one commit; if they were, see npx stormproof doctor --hashes on both machines',
            )
  const [first] = all
  const files = (one: FoundShard): string => canonical(one.parts.notRun.map(({ file }) => file))
  if (first && files(first) !== files({ parts } as FoundShard))
    throw refused(
      `shards ${first.shard.index} and ${shard.index} could not load different files`,
      'run all shards of one commit',
    )
}

const refused = (message: string, remedy: string): StormproofError =>
  new StormproofError('merge-refused', message, { remedy })
