/** An input that does not fit is refused before anything happens. */

import type { Clause } from './clause.js'
import { broken, held, notJudged } from './clause.js'

export const rejectsInvalidInput: Clause = {
  name: 'rejects-invalid-input',
  says: 'rejects invalid input before any effect',
  weight: 4,
  plays: 1,
  forReal: true,
  beside: ({ inputs }) => (inputs.invalid ? undefined : notJudged('its schema takes whatever comes')),
  cases: ({ inputs }) =>
    (inputs.invalid as NonNullable<typeof inputs.invalid>).map(({ input, how }) => [
      { calls: [{ input }], troubles: [], about: how },
    ]),
  judge: ([history], { tool }) => {
    if (tool.inRealTime)
      return history?.calls[0]?.outcome.kind === 'returned'
        ? broken('an input that does not fit was answered as if it fitted')
        : held
    const [effect] = history?.effects ?? []
    const [request] = history?.requests ?? []
    const hint = tool.input.validates
      ? []
      : ['its schema is only shown to the model: nothing checks the input before `execute`']
    if (effect) return broken('an input that does not fit took effect', ...hint)
    if (request) return broken('a service was asked with an input that does not fit', ...hint)
    return held
  },
  kept: (exercised, { tool }) => `${exercised} invalid inputs, ${tool.inRealTime ? 'each refused' : '0 effects'}`,
}
