/** Cells in memory: what the stores without a disk keep behind their `cell`. */

import { copy, type Json } from './json.js'
import { type CellContents, refusalOf } from './store.js'

export interface CellTable {
  read(name: string): CellContents
  write(name: string, version: number, value: Json): { readonly kind: 'ok' | 'conflict'; readonly version: number }
}

/** `now` is the monotonic clock of whoever keeps them, `refuses` the rule of its logs: a cell has no epochs. */
export function cellTable(now: () => number, refuses = refusalOf): CellTable {
  const cells = new Map<string, { version: number; value: Json }>()
  return {
    read: (name) => {
      const cell = cells.get(name)
      return { version: cell?.version ?? 0, value: copy(cell?.value), at: now() }
    },
    write: (name, expected, value) => {
      const version = cells.get(name)?.version ?? 0
      if (refuses({ version, epoch: 0 }, { version: expected, epoch: 0 })) return { kind: 'conflict', version }
      cells.set(name, { version: version + 1, value: copy(value) })
      return { kind: 'ok', version: version + 1 }
    },
  }
}
