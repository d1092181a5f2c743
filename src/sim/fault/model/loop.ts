/** The same calls again, in one turn after the other. */

import type { JsonSchema } from '../../../core/json-schema.js'
import { type Played, soundAnswer } from '../../play.js'
import { otherValue } from '../../stray.js'
import { answerAfterMs, inputSchemaOf, type ModelFault, modelFault } from '../model-fault.js'

const name = 'model/loop'

export const loop: ModelFault = {
  ...modelFault,
  name,
  says: 'The model makes the calls of this turn again in the turns that follow, as they were or with slightly other arguments.',
  on: 'calls',
  parameters: { times: ['2', '3', '100'], drift: ['no', 'yes'] },
  spoil: ({ played, turn, tools, pick }) => {
    const times = Number(pick('times'))
    const drifts = pick('drift') === 'yes'
    const schemas = played.calls.map(({ tool }) => inputSchemaOf(tools, tool))
    const plays = (at: number): Played | undefined => {
      const round = at - turn
      if (round < 1 || round >= times) return undefined
      return drifts ? drifted(played, schemas, round) : played
    }
    return [{ kind: 'answer', answer: soundAnswer(played, turn) }, answerAfterMs, 1, { strays: { fault: name, plays } }]
  },
}

function drifted(played: Played, schemas: readonly (JsonSchema | undefined)[], round: number): Played {
  const calls = played.calls.map((call, at) => ({
    ...call,
    input: otherValue(call.input, schemas[at], round) ?? call.input,
  }))
  return { ...played, calls }
}
