/** Which parts of a campaign are done, one line each as they end: from here it is taken up again when it is cut short. Gone once it has ended. */

import { join } from 'node:path'
import type { PartRecord } from '../explore/part.js'
import { partShape } from '../explore/part-shape.js'
import { fields, flag, number, type Shape, text } from '../report/shape.js'
import { wholeLines } from './whole-lines.js'

export const partsFile = 'parts.ndjson'

/** A part that ran to its end. What a part was in the middle of when its campaign was cut short is not there: it is run again. */
export interface DonePart {
  readonly scenario: string
  readonly part: PartRecord
  /** No other part of this scenario follows. */
  readonly last: boolean
  /** How long `trials.ndjson` was when it had ended, in bytes. */
  readonly trialBytes: number
}

const shape: Shape = fields({ scenario: text, part: partShape, last: flag, trialBytes: number })

export const donePartLine = (done: DonePart): string => `${JSON.stringify(done)}\n`

/** In the order in which they ended. A line that is cut off or damaged ends them. */
export const readDoneParts = (folder: string): readonly DonePart[] =>
  wholeLines(join(folder, partsFile), (value): value is DonePart => shape(value, '') === undefined)
