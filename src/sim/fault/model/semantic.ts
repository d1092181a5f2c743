/** A plausible answer, valid and wrong: what a model says that has misunderstood. */

import type { JsonSchema } from '../../../core/json-schema.js'
import type { Played, PlayedCall } from '../../play.js'
import { say, soundAnswer } from '../../play.js'
import { inventedValue, otherValue, plainValue } from '../../stray.js'
import { answerAfterMs, type ModelFault, modelFault, type Spoilt } from '../model-fault.js'
import { withOtherInput } from './other-input.js'

const name = 'model/semantic'

export const semantic: ModelFault = {
  ...modelFault,
  name,
  says: 'The model means something wrong: another value, an id that nobody has, words against its own calls, or another task.',
  on: 'calls',
  parameters: { kind: ['wrong-value', 'hallucinated-id', 'contradiction', 'goal-drift'] },
  spoil: (spoilt) => {
    const wrong = wrongly(spoilt)
    // The calls of a model that contradicts itself are those of its script.
    const answer = soundAnswer(wrong ?? contradicting(spoilt.played), spoilt.turn)
    return [{ kind: 'answer', answer, ...(wrong && { strayed: name }) }, answerAfterMs]
  },
}

function wrongly(spoilt: Spoilt): Played | undefined {
  switch (spoilt.pick('kind')) {
    case 'wrong-value':
      return withOtherInput(spoilt, otherValue)
    case 'hallucinated-id':
      return withOtherInput(spoilt, inventedValue)
    case 'goal-drift':
      return drifting(spoilt)
    default:
      return undefined
  }
}

function contradicting({ calls }: Played): Played {
  return { text: 'This must not be done, and I will not do it.', calls }
}

/** Another of its tools in the place of the first call; without another one it talks of something else. */
function drifting({ played, tools }: Spoilt): Played {
  const [first] = played.calls as readonly [PlayedCall]
  const others = tools.filter(({ name }) => name !== first.tool)
  const other = others.find(({ name }) => name > first.tool) ?? others[0]
  if (!other) return say('By the way, have you seen how fine the weather is today?')
  return { text: '', calls: [{ ...first, tool: other.name, input: plainValue(other.inputSchema as JsonSchema) }] }
}
