/** The campaign that `--baseline` names, read before anything is run. */

import { join } from 'node:path'
import { StormproofError } from '../core/error.js'
import type { CampaignRecord } from '../report/record.js'
import type { CommandLine } from './command-line.js'
import type { FoundConfig } from './find-config.js'
import { findRecord } from './record-folder.js'

export function baselineOf(line: CommandLine, folder: string, config: FoundConfig): CampaignRecord | undefined {
  if (line.baseline === undefined) return undefined
  if (line.shard)
    throw new StormproofError('usage', 'a shard alone cannot be compared with a baseline', {
      remedy: `give it to the merge: npx stormproof merge … --baseline=${line.baseline}`,
    })
  return findRecord(line.baseline, folder, line.out ?? join(config.folder, '.stormproof'))
}
