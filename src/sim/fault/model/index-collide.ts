/** Two calls of a streamed answer under one index. */

import { soundAnswer } from '../../play.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

export const indexCollide: ModelFault = {
  ...modelFault,
  name: 'model/index-collide',
  says: 'Two calls of a streamed answer come under one index.',
  on: 'batches',
  streamed: true,
  parameters: { interleave: ['no', 'yes'] },
  spoil: ({ played, turn, pick }) => {
    const flaw = { kind: 'collide', interleaved: pick('interleave') === 'yes' } as const
    return [{ kind: 'answer', answer: soundAnswer(played, turn), flaw }, answerAfterMs]
  },
}
