/** What makes a history one that nobody can judge: it comes from elsewhere, and may be cut, shuffled or of another version. */

import { isEventType } from '../core/event-types.js'
import type { History } from '../core/history.js'

type Fields<K extends string> = Readonly<Partial<Record<K, unknown>>>

const isObject = <K extends string>(value: unknown): value is Fields<K> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** In one sentence; undefined for a history that is whole. Where its end is missing is told by `endsEarly`. */
export function historyDefect(history: unknown): string | undefined {
  if (!isObject<'events' | 'facts'>(history))
    return 'this is no history: an object with events, facts and truncated was expected'
  const { events, facts } = history
  if (
    !isObject<'tools' | 'backends' | 'intended'>(facts) ||
    !Array.isArray(facts.tools) ||
    !Array.isArray(facts.backends) ||
    !isObject(facts.intended)
  )
    return 'this history has no facts that this version reads: it may be of another version'
  if (!Array.isArray(events)) return 'this history has no list of events'
  let seq = -1
  let vt = 0
  for (const [place, event] of events.entries()) {
    const defect = eventDefect(event, seq, vt)
    if (defect !== undefined) return `event ${place} of this history ${defect}`
    ;({ seq, vt } = event)
  }
  return undefined
}

function eventDefect(event: unknown, seqBefore: number, vtBefore: number): string | undefined {
  if (!isObject<'type' | 'seq' | 'vt' | 'lane' | 'incarnation'>(event)) return 'is no object'
  const { type, seq, vt, lane, incarnation } = event
  if (typeof type !== 'string') return 'has no type'
  if (!isEventType(type))
    return `is of the type ${JSON.stringify(type.slice(0, 60))}, which this version does not know: it may be of another version`
  if (
    !Number.isSafeInteger(seq) ||
    typeof vt !== 'number' ||
    typeof lane !== 'string' ||
    typeof incarnation !== 'number'
  )
    return 'lacks its seq, vt, lane or incarnation'
  if ((seq as number) <= seqBefore) return `is out of order: its seq ${seq} comes after ${seqBefore}`
  if (!(vt >= vtBefore)) return `is out of order: its vt ${vt} comes after ${vtBefore}`
  return undefined
}

/** True when the history ends before the world came to rest, whatever it says of itself. */
export const endsEarly = ({ events, truncated }: History): boolean =>
  truncated || !events.some(({ type }) => type === 'rest')
