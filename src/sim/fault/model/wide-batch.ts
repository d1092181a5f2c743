/** Many calls at once. */

import { soundAnswer } from '../../play.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

const name = 'model/wide-batch'

export const wideBatch: ModelFault = {
  ...modelFault,
  name,
  says: 'The model proposes its calls over and over in one answer.',
  on: 'calls',
  parameters: { n: ['2', '8', '64'] },
  spoil: ({ played, turn, pick }) => {
    const { calls } = played
    // At least each of them twice.
    const n = Math.max(Number(pick('n')), 2 * calls.length)
    const many = Array.from({ length: n }, (_, at) => calls[at % calls.length] as (typeof calls)[number])
    return [{ kind: 'answer', answer: soundAnswer({ ...played, calls: many }, turn), strayed: name }, answerAfterMs]
  },
}
