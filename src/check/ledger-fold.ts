/** The ledger a user sees, as a fold over effects: `ledger.payments.charge` is the list of charges applied. */

import type { Applied } from '../core/backend.js'
import type { AnyEvent, EventOf } from '../core/event.js'

/** A backend by its key, with its write operations: all stand in the ledger from the start, empty. */
export interface LedgerShape {
  readonly backend: string
  readonly operations: readonly string[]
}

/** Values are those of `Ledger<B>`, for backends known at run time only. */
export type FoldedLedger = Readonly<Record<string, Readonly<Record<string, readonly Applied[]>>>>

/** A ledger that grows with its history. */
export interface LedgerFold {
  readonly ledger: FoldedLedger
  /** Events that are no effects change nothing. */
  apply(event: AnyEvent): void
}

/** Begins an empty ledger; feed it the events, all or only `effect-applied` and `effect-compensated`. */
export function foldLedger(shape: readonly LedgerShape[]): LedgerFold {
  const ledger: Record<string, Record<string, Applied[]>> = {}
  for (const { backend, operations } of shape) {
    ledger[backend] = {}
    for (const operation of operations) ledger[backend][operation] = []
  }
  const places = new Map<number, { readonly lines: Applied[]; readonly index: number }>()
  const takeBack = (effect: number): void => {
    const place = places.get(effect)
    const line = place?.lines[place.index]
    if (place && line) place.lines[place.index] = { ...line, compensated: true }
  }
  const add = (event: EventOf<'effect-applied'>): void => {
    ledger[event.backend] ??= {}
    const operations = ledger[event.backend]!
    operations[event.operation] ??= []
    const lines = operations[event.operation]!
    places.set(event.effect, { lines, index: lines.length })
    lines.push({ input: event.input, key: event.key, at: event.vt, compensated: false })
    if (event.compensates !== undefined) takeBack(event.compensates)
  }
  return {
    ledger,
    apply(event) {
      if (event.type === 'effect-applied') add(event)
      else if (event.type === 'effect-compensated') takeBack(event.effect)
    },
  }
}
