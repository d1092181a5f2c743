/** A frame of a streamed answer that comes more than once. */

import { soundAnswer } from '../../play.js'
import type { DuplicateFrame } from '../../stream.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

export const duplicateFrame: ModelFault = {
  ...modelFault,
  name: 'model/duplicate-frame',
  says: 'One frame of a streamed answer comes more than once.',
  on: 'any',
  streamed: true,
  parameters: { frame: ['first', 'content', 'last'], times: ['1', '3'] },
  spoil: ({ played, turn, pick }) => {
    const flaw = { kind: 'duplicate', frame: pick('frame') as DuplicateFrame, times: Number(pick('times')) } as const
    return [{ kind: 'answer', answer: soundAnswer(played, turn), flaw }, answerAfterMs]
  },
}
