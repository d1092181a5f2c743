/** An answer that ends for another reason than that it is finished, perhaps within a call. */

import type { ModelAnswer, StopReason } from '../../../core/model.js'
import { malform } from '../../malform.js'
import { type Played, soundAnswer } from '../../play.js'
import { partsOf } from '../../stream.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'
import { breakCall } from './break-call.js'

/** Those that can stop a model between two words, or after its calls. */
const anywhere: ReadonlySet<string> = new Set(['length', 'context-exceeded', 'content-filter'])

export const finishReason: ModelFault = {
  ...modelFault,
  name: 'model/finish-reason',
  says: 'An answer ends early: too long, withheld by a filter, refused, paused, out of context, or for a reason nobody knows; perhaps within a call.',
  on: 'any',
  parameters: {
    reason: ['length', 'content-filter', 'refusal', 'pause', 'context-exceeded', 'other'],
    cut: ['before-calls', 'in-call', 'after-calls'],
  },
  spoil: ({ played, turn, pick }) => {
    const stop = pick('reason') as StopReason
    const cut = played.calls.length > 0 && anywhere.has(stop) ? pick('cut') : 'before-calls'
    return [{ kind: 'answer', answer: { ...cutAt(cut, played, turn, stop), stop } }, answerAfterMs]
  },
}

function cutAt(cut: string, played: Played, turn: number, stop: StopReason): ModelAnswer {
  if (cut === 'after-calls') return soundAnswer(played, turn)
  if (cut === 'before-calls') {
    const text = stop === 'refusal' ? 'I cannot help with that.' : (partsOf(played.text || 'I will look.')[0] as string)
    return soundAnswer({ text, calls: [] }, turn)
  }
  const last = played.calls.length - 1
  const shortened = malform('truncated', played.calls[last]?.input)
  return breakCall(played, turn, (sound) => ({ ...sound, arguments: shortened }), last)
}
