/** The ledger as a user reads it: `ledger.shop.refund` is the list of refunds applied. */

import { type FoldedLedger, lineOf } from '../check/ledger-fold.js'
import { shownLedger } from '../check/shown-ledger.js'
import type { Applied, Backends } from '../core/backend.js'
import type { EffectLedger, LedgerRow } from '../kernel/ledger.js'
import { definitionOf } from '../sim/define-backend.js'

/** Every backend and every write is there from the start, as an empty list. Nobody can write to it. */
export function ledgerView(ledger: EffectLedger, backends: Backends): FoldedLedger {
  const view: Record<string, Record<string, Applied[]>> = {}
  for (const [key, writes] of Object.entries(writesOf(backends))) {
    view[key] = Object.fromEntries(writes.map((operation) => [operation, []]))
  }
  for (const row of ledger.rows)
    view[row.backend]?.[row.operation]?.push(lineOf(row.input, row.key, row.at, row.compensated))
  return shownLedger(view)
}

type WritesOf = Readonly<Record<string, readonly string[]>>

const known = new WeakMap<Backends, WritesOf>()

/** The write operations of each backend, by the key a scenario gives it. */
export function writesOf(backends: Backends): WritesOf {
  const writes = known.get(backends) ?? findWrites(backends)
  known.set(backends, writes)
  return writes
}

function findWrites(backends: Backends): WritesOf {
  return Object.fromEntries(
    Object.entries(backends).map(([key, backend]) => {
      const operations = Object.entries(definitionOf(backend).operations)
      return [key, operations.filter(([, one]) => one.kind === 'write').map(([operation]) => operation)]
    }),
  )
}

/** How many effects of each name there are: on the calm day, how many are intended. */
export function effectCounts(rows: readonly LedgerRow[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) {
    const name = `${row.backend}.${row.operation}:${row.once}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
