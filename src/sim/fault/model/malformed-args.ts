/** Arguments that do not parse, or do not fit the schema of their tool. */

import { malform } from '../../malform.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'
import { breakCall } from './break-call.js'

export const malformedArgs: ModelFault = {
  ...modelFault,
  name: 'model/malformed-args',
  says: 'The model calls a tool with arguments that do not parse or do not fit its schema.',
  on: 'calls',
  parameters: {
    kind: ['wrong-type', 'missing-key', 'extra-key', 'truncated', 'not-json', 'non-object', 'null', 'empty'],
  },
  spoil: ({ played, turn, pick }) => [
    {
      kind: 'answer',
      answer: breakCall(played, turn, (sound) => ({
        ...sound,
        arguments: malform(pick('kind'), played.calls[0]?.input),
      })),
    },
    answerAfterMs,
  ],
}
