/** `stormproof diff`: two records beside each other; nothing is run. */

import { join, resolve } from 'node:path'
import { painter } from '../../reporters/console/paint.js'
import { sinceLines } from '../../reporters/console/summary.js'
import { StormproofError } from '../core/error.js'
import { checkComparable } from '../explore/combine.js'
import { exitCodes } from '../explore/exit-code.js'
import { type Comparison, compare, verdictOf } from '../report/compare.js'
import type { CommandLine } from './command-line.js'
import { openConfig } from './project.js'
import { findRecord, readLatest } from './record-folder.js'
import type { Terminal } from './terminal.js'

/** 1: something is new, or a rate fell. 3: something that was there cannot be compared. */
export async function diff(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const [before, after, ...more] = line.words
  if (before === undefined || more.length > 0)
    throw new StormproofError(
      'usage',
      'diff needs the record of before, and that of now if it is not the last campaign',
      {
        remedy: 'npx stormproof diff main-record .stormproof',
      },
    )
  const config = await openConfig(line, folder)
  const root = resolve(line.out ?? join(config.folder, '.stormproof'))
  const one = findRecord(before, folder, root)
  const other = after === undefined ? readLatest(root) : findRecord(after, folder, root)
  checkComparable(one, other)
  const comparison = compare(one, other) as Comparison
  const verdict = verdictOf(comparison)
  const exitCode = exitCodes[verdict]
  if (line.json) terminal.out(`${JSON.stringify({ type: 'diff', verdict, exitCode, ...comparison })}\n`)
  else {
    const lines = sinceLines(comparison, Math.max(40, terminal.width), painter(terminal.color))
    terminal.out(`${[...lines, ` exit ${exitCode}`].join('\n')}\n`)
  }
  return exitCode
}
