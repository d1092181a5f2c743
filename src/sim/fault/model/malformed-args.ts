/** Arguments that do not parse, or do not fit the schema of their tool. */

import { malform } from '../../malform.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'
import { breakCall, placeOf, whichCall } from './break-call.js'

export const malformedArgs: ModelFault = {
  ...modelFault,
  name: 'model/malformed-args',
  says: 'The model calls a tool with arguments that do not parse or do not fit its schema.',
  on: 'calls',
  parameters: {
    kind: [
      ...['wrong-type', 'missing-key', 'extra-key', 'truncated', 'not-json', 'non-object', 'null', 'empty'],
      'concatenated',
    ],
    call: whichCall,
  },
  spoil: ({ played, turn, pick }) => {
    const kind = pick('kind')
    const at = placeOf(played, pick)
    const answer = breakCall(
      played,
      turn,
      (sound) => ({ ...sound, arguments: malform(kind, played.calls[at]?.input) }),
      at,
    )
    return [{ kind: 'answer', answer }, answerAfterMs]
  },
}
