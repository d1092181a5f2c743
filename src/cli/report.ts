/** `stormproof report`: a record that lies there already, as a folder or as the stream of `--json`, for whatever reporters are asked for; nothing is run. */

import { dirname, join, resolve } from 'node:path'
import { forTerminal } from '../core/sanitize.js'
import { checkComparable, withBaseline } from '../explore/combine.js'
import { baselineOf } from './baseline.js'
import type { CommandLine } from './command-line.js'
import { chosenReporters, giveReports } from './give-reports.js'
import { openConfig } from './project.js'
import { misfitAmongTrials, readStream } from './read-lines.js'
import { latestFolder, readRecord, writeInside } from './record-folder.js'
import type { Terminal } from './terminal.js'

/** The exit code is that of the campaign. */
export async function report(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const config = await openConfig(line, folder)
  const [named] = line.words
  const found =
    named === undefined ? latestFolder(resolve(line.out ?? join(config.folder, '.stormproof'))) : resolve(folder, named)
  const isStream = found.endsWith('.ndjson')
  const path = isStream ? dirname(found) : found
  const own = isStream ? readStream(found) : readRecord(found)
  const misfit = isStream ? undefined : misfitAmongTrials(found)
  if (misfit !== undefined) terminal.error(` ${forTerminal(misfit)}\n`)
  const baseline = baselineOf(line, folder, config)
  if (baseline) checkComparable(baseline, own)
  const record = baseline ? withBaseline(own, baseline) : own
  await giveReports(record, chosenReporters(line, config.config), {
    line,
    folder: { path, file: (name, bytes) => writeInside(path, name, bytes) },
    root: config.folder,
    terminal,
  })
  return record.exitCode
}
