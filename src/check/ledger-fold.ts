/** The ledger a user sees, as a fold over effects: `ledger.payments.charge` is the list of charges applied. */

import type { Applied } from '../core/backend.js'
import type { AnyEvent, EventOf } from '../core/event.js'
import { shareable } from '../core/own-copy.js'

/** A backend by its key, with its write operations: all stand in the ledger from the start, empty. */
export interface LedgerShape {
  readonly backend: string
  readonly operations: readonly string[]
}

/** Values are those of `Ledger<B>`, for backends known at run time only. */
export type FoldedLedger = Readonly<Record<string, Readonly<Record<string, readonly Applied[]>>>>

/** A ledger that grows with its history; its lines cannot be written to. */
export interface LedgerFold {
  readonly ledger: FoldedLedger
  /** Events that are no effects change nothing. */
  apply(event: AnyEvent): void
}

/** A line that its readers cannot change, nor what lies behind it. */
export const lineOf = (input: unknown, key: string | undefined, at: number, compensated: boolean): Applied =>
  Object.freeze({ input: shareable(input), key, at, compensated })

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
    if (place && line) place.lines[place.index] = Object.freeze({ ...line, compensated: true })
  }
  const add = (event: EventOf<'effect-applied'>): void => {
    ledger[event.backend] ??= {}
    const operations = ledger[event.backend]!
    operations[event.operation] ??= []
    const lines = operations[event.operation]!
    places.set(event.effect, { lines, index: lines.length })
    lines.push(lineOf(event.input, event.key, event.vt, false))
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
