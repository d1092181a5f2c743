/** A 200 that is no answer. */

import type { BadBody } from '../../model-reply.js'
import { soundAnswer } from '../../play.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

export const badBody: ModelFault = {
  ...modelFault,
  name: 'model/bad-body',
  says: 'The provider answers 200 with broken JSON, nothing at all, or a page of HTML.',
  on: 'any',
  streamed: false,
  parameters: { kind: ['broken-json', 'empty', 'html-200'] },
  spoil: ({ played, turn, pick }) => [
    { kind: 'answer', answer: soundAnswer(played, turn), body: pick('kind') as BadBody },
    answerAfterMs,
  ],
}
