/** A final answer and calls in one. */

import { soundAnswer } from '../../play.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

export const finalWithCalls: ModelFault = {
  ...modelFault,
  name: 'model/final-with-calls',
  says: 'The model says its last word and calls tools in one answer, which may claim to have been the last.',
  on: 'calls',
  parameters: { order: ['together', 'after'] },
  spoil: ({ played, turn, pick }) => {
    const answer = soundAnswer({ ...played, text: 'Done: everything you asked for has been taken care of.' }, turn)
    const stop = pick('order') === 'after' ? 'stop' : answer.stop
    return [{ kind: 'answer', answer: { ...answer, stop } }, answerAfterMs]
  },
}
