/** Breaks the first call of an answer; its id says that the sound one is still owed. */

import type { ModelAnswer } from '../../../core/model.js'
import { callId } from '../../call-id.js'
import type { ModelReply } from '../../model-reply.js'
import { type Played, soundAnswer } from '../../play.js'

export function breakCall(
  played: Played,
  turn: number,
  change: (call: ModelAnswer['calls'][number]) => ModelAnswer['calls'][number],
): ModelReply {
  const answer = soundAnswer(played, turn)
  const [plan] = played.calls
  const [first, ...rest] = answer.calls
  if (!plan || !first) return { kind: 'answer', answer }
  const id = callId({ turn, index: 0, entry: plan.entry, planned: plan.planned, broken: true })
  return { kind: 'answer', answer: { ...answer, calls: [{ ...change(first), id }, ...rest] } }
}
