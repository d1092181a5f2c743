/** An answer that says nothing and calls nothing. */

import { say, soundAnswer } from '../../play.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

export const emptyTurn: ModelFault = {
  ...modelFault,
  name: 'model/empty-turn',
  says: 'The model says nothing and calls nothing; or its answer holds no message at all.',
  on: 'any',
  parameters: { kind: ['blank', 'no-choices'] },
  spoil: ({ turn, streams, pick }) => {
    const answer = soundAnswer(say(''), turn)
    // A stream without a message is one without words.
    const isAnswer = streams || pick('kind') === 'blank'
    return [{ kind: 'answer', answer, ...(!isAnswer && { body: 'no-choices' as const }) }, answerAfterMs]
  },
}
