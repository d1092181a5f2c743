/** How the simulated model and its provider go wrong: error statuses, broken connections, calls no tool can take. */

import type { ModelAnswer } from '../core/model.js'
import { callId } from './call-id.js'
import { malformations, modelStatuses, retryAfters } from './fault/model.js'
import { malform } from './malform.js'
import type { ModelReply } from './model-reply.js'
import type { Played } from './play.js'
import { soundAnswer } from './play.js'
import type { Setting } from './setting.js'

export const misbehaviours = ['model/http-error', 'model/lost'] as const
export const callMisbehaviours = [...misbehaviours, 'model/malformed-args', 'model/unknown-tool'] as const

const errorAfterMs = 100
const brokenAfterMs = 5_000
const answerAfterMs = 1_000

/** The reply of a model that misbehaves as `chosen` says, and after how many milliseconds it comes. */
export function misbehave(
  setting: Setting,
  chosen: string,
  site: string,
  played: Played,
  turn: number,
): readonly [ModelReply, number] {
  const pick = (name: string, values: readonly string[]): string =>
    values[setting.world.tape.pick(`${site}@${name}`, 'parameter', values)] as string
  if (chosen === 'model/lost') return [{ kind: 'lost' }, brokenAfterMs]
  if (chosen === 'model/http-error') {
    const status = pick('status', modelStatuses)
    const retryAfter = status === '429' || status === '503' ? pick('retry-after', retryAfters) : 'none'
    return [{ kind: 'error', status: Number(status), retryAfter }, errorAfterMs]
  }
  if (chosen === 'model/malformed-args')
    return [
      breakCall(played, turn, (sound) => ({
        ...sound,
        arguments: malform(pick('kind', malformations), played.calls[0]?.input),
      })),
      answerAfterMs,
    ]
  const name = pick('name', ['random', 'near-miss', 'empty'])
  return [breakCall(played, turn, (sound) => ({ ...sound, tool: unknownName(name, sound.tool) })), answerAfterMs]
}

/** Breaks the first call of an answer; its id says that it is still owed. */
function breakCall(
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

function unknownName(kind: string, tool: string): string {
  if (kind === 'empty') return ''
  return kind === 'near-miss' ? `${tool}_v2` : 'run_anything'
}
