/** What two prompts do not share: where a good session and a bad one part. */

import { canonical } from '../core/json.js'
import type { Message } from '../core/message.js'
import type { SegmentName } from '../core/prompt.js'

export interface ContextDifference {
  readonly segment: SegmentName
  /** Index of the message in its segment. */
  readonly at: number
  /** What stands there; undefined where one prompt has less. */
  readonly first: Message | undefined
  readonly second: Message | undefined
}

const order: readonly SegmentName[] = ['system', 'goal', 'documents', 'history', 'toolResults']

/** The differing messages, segment by segment in the order of a prompt; none for equal prompts. */
export function diffContexts(first: readonly Message[], second: readonly Message[]): readonly ContextDifference[] {
  const [one, other] = [bySegment(first), bySegment(second)]
  return order.flatMap((segment) => {
    const [left, right] = [one.get(segment) ?? [], other.get(segment) ?? []]
    return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => at)
      .filter((at) => canonical(left[at]) !== canonical(right[at]))
      .map((at) => ({ segment, at, first: left[at], second: right[at] }))
  })
}

function bySegment(messages: readonly Message[]): ReadonlyMap<SegmentName, readonly Message[]> {
  const segments = new Map<SegmentName, Message[]>()
  let users = 0
  let hasAnswer = false
  for (const message of messages) {
    if (message.role === 'user') users++
    if (message.role === 'assistant') hasAnswer = true
    const name = segmentOf(message.role, users, hasAnswer)
    segments.set(name, [...(segments.get(name) ?? []), message])
  }
  return segments
}

/** The first user message is the goal, others before the first answer are notes, later ones belong to the conversation. */
function segmentOf(role: Message['role'], users: number, hasAnswer: boolean): SegmentName {
  if (role === 'system') return 'system'
  if (role === 'tool') return 'toolResults'
  if (role === 'assistant' || hasAnswer) return 'history'
  return users === 1 ? 'goal' : 'documents'
}
