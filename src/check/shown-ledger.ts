/** The ledger as a user's check is shown it: it grows under the eyes of its reader, who cannot write to it. */

import type { Applied } from '../core/backend.js'
import type { FoldedLedger } from './ledger-fold.js'

/** Of a ledger that has all its operations already, and whose lines are frozen. Whoever writes to it throws, which the watch tells of. */
export const shownLedger = (ledger: FoldedLedger): FoldedLedger =>
  mapped(ledger, (operations) => mapped(operations, readOnly))

/** A view, not a copy: a copy for each effect, of all the effects before it, would cost more than they. */
const readOnly = (lines: readonly Applied[]): readonly Applied[] => new Proxy(lines, refusing)

const refuse = (): never => {
  throw new TypeError('the ledger cannot be written to: change a copy, [...ledger.shop.refund]')
}
const refusing: ProxyHandler<readonly Applied[]> = {
  set: refuse,
  defineProperty: refuse,
  deleteProperty: refuse,
  setPrototypeOf: refuse,
  preventExtensions: refuse,
}

const mapped = <T>(source: Readonly<Record<string, T>>, map: (value: T) => T): Readonly<Record<string, T>> =>
  Object.freeze(Object.fromEntries(Object.entries(source).map(([key, value]) => [key, map(value)])))
