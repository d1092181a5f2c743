/** What makes two failures one finding: invariant, clause, tool and the alternatives that were chosen, never a message text. */

import type { Violation } from '../core/verdict.js'
import type { Pair } from './hands.js'

/** A decision without the place it was made at: a call, an attempt or an amount more or less is no other cause. */
function causeOf([label, alternative]: Pair): string {
  const aspect = /@([^@~]*)(~\d+)?$/.exec(label)?.[1]
  if (aspect === 'hold') return 'held'
  if (aspect === 'time' || aspect === 'reaction') return alternative
  // A detail of a fault: that it matters, not its value.
  if (aspect !== undefined) return aspect
  if (label === 'storm-end' || label.startsWith('storm-end~')) return 'storm-end'
  // A value of the world: what was drawn matters, not how much.
  const drawn = /^\d+$/.test(alternative) || !/#|^model\/|^store\//.test(label)
  return drawn ? label.replace(/\d+/g, '') : alternative
}

export const causesOf = (decisions: readonly Pair[]): readonly string[] => [...new Set(decisions.map(causeOf))].sort()

/** `at-most-once-effect(a) refund: tool/timeout-after-effect + again`. */
export function signatureOf({ invariant, clause, tool }: Violation, decisions: readonly Pair[]): string {
  const causes = causesOf(decisions).join(' + ') || 'nothing'
  return `${invariant}(${clause})${tool === undefined ? '' : ` ${tool}`}: ${causes}`
}

export const samePromise = (one: Violation, other: Violation): boolean =>
  one.invariant === other.invariant && one.clause === other.clause && one.tool === other.tool
