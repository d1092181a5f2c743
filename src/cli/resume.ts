/** `stormproof resume`: a campaign that was cut short, by Ctrl-C or a dead machine, from the last part that had ended. */

import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StormproofError } from '../core/error.js'
import { checkComparable } from '../explore/combine.js'
import { baselineOf } from './baseline.js'
import type { CommandLine } from './command-line.js'
import { conduct } from './conduct.js'
import { type DonePart, readDoneParts } from './done-parts.js'
import { type Manifest, manifestShape } from './manifest.js'
import { jobsOf, openConfig, openProject, type Project } from './project.js'
import { readJson, readRecord } from './record-folder.js'
import type { Terminal } from './terminal.js'
import { packageVersion } from './version.js'
import type { ScenarioCard } from './worker-message.js'

/** What was asked for stands in the manifest: flags that say it otherwise are ignored. The exit code is that of the campaign. */
export async function resume(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const started = Date.now()
  const config = await openConfig(line, folder)
  const baseline = baselineOf(line, folder, config)
  const root = resolve(line.out ?? join(config.folder, '.stormproof'))
  const [named] = line.words
  const path = named === undefined ? lastCutShort(root) : folderOf(named, folder, root)
  const manifest = readJson(join(path, 'manifest.json'), manifestShape) as Manifest
  if (!isCutShort(path))
    throw new StormproofError('usage', `the campaign ${manifest.campaign} came to its end`, {
      remedy: `npx stormproof report ${path} shows it; npx stormproof runs anew`,
    })
  if (manifest.versions.stormproof !== packageVersion())
    throw changed(
      manifest,
      `stormproof was ${manifest.versions.stormproof} then and is ${packageVersion()} now`,
      'take that version',
    )
  const done = readDoneParts(path)
  const project = await openProject(config, jobsOf(line), terminal, line.hangMs)
  try {
    const cards = cardsOf(manifest, project)
    await checkCode(manifest, done, project)
    if (baseline && cards.length > 0) checkComparable(baseline, { ...manifest, campaign: '' })
    // The folder says where records are kept: it may have been made with another --out.
    const home = dirname(dirname(path))
    return await conduct({ line, terminal, project, root: home, manifest, cards, baseline, done, started })
  } finally {
    await project.close()
  }
}

function folderOf(named: string, folder: string, root: string): string {
  const path = [resolve(folder, named), join(root, 'campaigns', named)].find((one) =>
    existsSync(join(one, 'manifest.json')),
  )
  if (path !== undefined) return path
  throw new StormproofError('usage', `there is no campaign in ${resolve(folder, named)}`, {
    remedy: 'name the folder of a campaign that was cut short, or none for the last one',
  })
}

function lastCutShort(root: string): string {
  const folder = join(root, 'campaigns')
  const began = (path: string): number => statSync(join(path, 'manifest.json')).mtimeMs
  const all = (existsSync(folder) ? readdirSync(folder) : [])
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'manifest.json')) && isCutShort(path))
    .sort((one, other) => began(other) - began(one))
  if (all[0] !== undefined) return all[0]
  throw new StormproofError('usage', `no campaign in ${root} was cut short`, { remedy: 'npx stormproof runs one' })
}

const isCutShort = (path: string): boolean =>
  !existsSync(join(path, 'record.json')) || readRecord(path).result === 'interrupted'

function cardsOf(manifest: Manifest, { scenarios }: Project): readonly ScenarioCard[] {
  return manifest.scenarios.map(({ name, file }) => {
    const card = scenarios.find((one) => one.name === name && one.file === file)
    if (!card) throw changed(manifest, `${file} has no scenario ${name} any more`, 'put it back')
    return card
  })
}

/** Parts of other code do not make one campaign. */
async function checkCode(manifest: Manifest, done: readonly DonePart[], { hands }: Project): Promise<void> {
  const first = new Map(done.map(({ scenario, part }) => [scenario, part.calm.fingerprint]))
  for (const [scenario, fingerprint] of first) {
    const calm = await hands[0]?.calm(scenario)
    if (calm && calm.record.fingerprint !== fingerprint)
      throw changed(manifest, `the calm day of ${scenario} is not what it was`, 'go back to the code of then')
  }
}

const changed = (manifest: Manifest, what: string, remedy: string): StormproofError =>
  new StormproofError('usage', `the campaign ${manifest.campaign} cannot go on: ${what}`, {
    remedy: `${remedy}, or run anew: npx stormproof`,
  })
