/** Calls under ids that tell nothing apart: repeated, or empty. */

import { soundAnswer } from '../../play.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

const constant = (place: number): string => `call_${place}`

export const idReuse: ModelFault = {
  ...modelFault,
  name: 'model/id-reuse',
  says: 'Calls have one id or an empty one: those of an answer, those that stand first in each answer from now on, or all from now on.',
  on: 'calls',
  parameters: { scope: ['batch', 'turn', 'session'], id: ['constant', 'empty'] },
  spoil: ({ played, turn, pick }) => {
    const scope = pick('scope')
    const isEmpty = pick('id') === 'empty'
    // The id of a single call is repeated by the next answer at the soonest.
    const isOnce = scope === 'batch' && (isEmpty || played.calls.length > 1)
    const one = isEmpty ? '' : constant(0)
    const renames = (at: number, ids: readonly string[]): readonly string[] => {
      if (at < turn || (isOnce && at > turn)) return ids
      if (isOnce || scope === 'session') return ids.map(() => one)
      return ids.map((id, place) => (isEmpty && place > 0 ? id : isEmpty ? one : constant(place)))
    }
    return [{ kind: 'answer', answer: soundAnswer(played, turn) }, answerAfterMs, 1, { renames }]
  },
}
