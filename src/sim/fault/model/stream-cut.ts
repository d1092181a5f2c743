/** A streamed answer that ends too early, or never. */

import { soundAnswer } from '../../play.js'
import type { CutMode } from '../../stream.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

export const streamCut: ModelFault = {
  ...modelFault,
  name: 'model/stream-cut',
  says: 'A streamed answer stops on its way: it ends early, breaks, turns into an error, falls silent, or sends nothing more but signs of life.',
  on: 'any',
  streamed: true,
  parameters: {
    after: ['0', '1', '2'],
    mode: ['eof', 'reset', 'error-frame', 'stall', 'pings'],
    'in-args': ['no', 'yes'],
  },
  spoil: ({ played, turn, pick }) => {
    const inArguments = played.calls.length > 0 && pick('in-args') === 'yes'
    const after = inArguments ? 'arguments' : Number(pick('after'))
    const flaw = { kind: 'cut', after, mode: pick('mode') as CutMode } as const
    return [{ kind: 'answer', answer: soundAnswer(played, turn), flaw }, answerAfterMs]
  },
}
