/** A prompt that is sent once more, and gets another answer than before. */

import { type Played, soundAnswer } from '../../play.js'
import { otherValue } from '../../stray.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'
import { withOtherInput } from './other-input.js'

const name = 'model/nondeterministic-replay'

export const nondeterministicReplay: ModelFault = {
  ...modelFault,
  name,
  says: 'Asked the same again, the model gives another answer than before: in other words, in another order, or with other values.',
  on: 'calls',
  when: 'again',
  parameters: { 'differs-in': ['words', 'order', 'value'] },
  spoil: (spoilt) => {
    const { played, turn, pick } = spoilt
    const how = pick('differs-in')
    const other = how === 'value' ? withOtherInput(spoilt, otherValue) : undefined
    const answer = soundAnswer(other ?? reworded(played, how), turn)
    return [{ kind: 'answer', answer, ...(other && { strayed: name }) }, answerAfterMs]
  },
}

/** What has no order is told in other words. */
function reworded({ calls }: Played, how: string): Played {
  if (how === 'order' && calls.length > 1) return { text: '', calls: calls.toReversed() }
  return { text: 'Let me see once more.', calls }
}
