/** An answer whose usage is not what it used. */

import type { Usage } from '../../../core/model.js'
import { soundAnswer } from '../../play.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

export const usageMismatch: ModelFault = {
  ...modelFault,
  name: 'model/usage-mismatch',
  says: 'The provider says nothing of the tokens an answer used, or a number that is not theirs: none, or twice as many.',
  on: 'any',
  parameters: { kind: ['missing', 'zero', 'double'] },
  spoil: ({ played, turn, pick }) => {
    const kind = pick('kind')
    const answer = soundAnswer(played, turn)
    const usage = times(answer.usage, kind === 'double' ? 2 : 0)
    return [{ kind: 'answer', answer: { ...answer, usage }, unmetered: kind === 'missing' }, answerAfterMs]
  },
}

const times = ({ inputTokens, outputTokens }: Usage, factor: number): Usage => ({
  inputTokens: inputTokens * factor,
  outputTokens: outputTokens * factor,
})
