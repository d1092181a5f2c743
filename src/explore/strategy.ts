/** What a strategy is: a name, and the choices of one storm as a pure function of its key. */

import { isBeside } from '../core/beside.js'
import type { Source } from '../kernel/source.js'
import { callOf } from './label.js'
import type { PresetTable } from './preset-table.js'

export interface Storm {
  readonly key: number
  readonly preset: PresetTable
  /** Answers of the world on the calm day: about how many steps a storm has. At least 1. */
  readonly steps: number
}

export interface Strategy {
  /** Letters only: it stands in tokens. */
  readonly name: string
  readonly says: string
  readonly open: (storm: Storm) => Source
}

/** Who waits for an answer: its call, or its turn of the model, of its session. */
export const laneOf = (label: string): string =>
  isBeside(label) ? `${label.slice(0, label.indexOf('/'))}/${callOf(label)}` : callOf(label)
