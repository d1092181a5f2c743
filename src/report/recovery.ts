/**
 * What an agent makes of the faults that struck it: told from its history and from the ledger, never by what injected them. A fault is
 * recovered from when it landed in a run that reached its goal all the same and broke no promise.
 */

/** Over fresh storms of which it is known whether they reached the goal. */
export interface Recovery {
  /** Faults that landed in them. */
  readonly landed: number
  /** Of those, the ones in storms that reached the goal and broke no promise. */
  readonly recovered: number
  /** Requests that services received in these storms, beyond those of as many calm days; below 0 where less was asked for. */
  readonly extraCalls: number
}

/** Of several scenarios together. */
export const pooledRecovery = (all: readonly Recovery[]): Recovery => ({
  landed: all.reduce((sum, one) => sum + one.landed, 0),
  recovered: all.reduce((sum, one) => sum + one.recovered, 0),
  extraCalls: all.reduce((sum, one) => sum + one.extraCalls, 0),
})

/** A share in `[0, 1]`; undefined where no fault landed. */
export const recoveryRate = ({ landed, recovered }: Recovery): number | undefined =>
  landed === 0 ? undefined : recovered / landed

/** What getting over one fault took; undefined where none was recovered from: a run that gave up asks for less. */
export const extraCallsPerFault = ({ recovered, extraCalls }: Recovery): number | undefined =>
  recovered === 0 ? undefined : extraCalls / recovered
