/** Breaks a call of an answer; its id says that the sound one is still owed. */

import type { ModelAnswer } from '../../../core/model.js'
import { callId } from '../../call-id.js'
import { type Played, soundAnswer } from '../../play.js'

type Change = (call: ModelAnswer['calls'][number]) => ModelAnswer['calls'][number]

export const whichCall = ['first', 'last'] as const

/** The place of the call that is struck; nothing is chosen where there is but one. */
export const placeOf = ({ calls }: Played, pick: (parameter: string) => string): number =>
  calls.length > 1 && pick('call') === 'last' ? calls.length - 1 : 0

/** `at`: which call of the answer; default the first. */
export function breakCall(played: Played, turn: number, change: Change, at = 0): ModelAnswer {
  const answer = soundAnswer(played, turn)
  const plan = played.calls[at]
  if (!plan) return answer
  const id = callId({ turn, index: at, entry: plan.entry, planned: plan.planned, broken: true })
  return { ...answer, calls: answer.calls.map((call, index) => (index === at ? { ...change(call), id } : call)) }
}
