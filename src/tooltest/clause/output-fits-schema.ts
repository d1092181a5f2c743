/** What a call returns fits what the tool says it returns, also when a service does not do as it should. */

import { broken, type Clause, held, notJudged, skip } from './clause.js'
import { oneCall } from './one-call.js'

export const outputFitsSchema: Clause = {
  name: 'output-fits-schema',
  says: 'output fits schema',
  weight: 2,
  plays: 1,
  forReal: true,
  beside: ({ facts }) => (facts.hasOutput ? undefined : notJudged('no schema declared (`outputSchema`)')),
  cases: (kit) => oneCall(kit, ['refused', 'unavailable', 'rate-limited']),
  judge: ([history], { tool }) => {
    const outcome = history?.calls[0]?.outcome
    if (!history || outcome?.kind !== 'returned' || !tool.output) return skip
    const checked = tool.output.check(outcome.value)
    if (checked.ok) return held
    // A made-up service cannot know what its answers should be: only what is made of its refusals counts.
    const isMadeUp = history.requests.some(({ madeUp }) => madeUp) && history.struck.length < history.requests.length
    return isMadeUp ? skip : broken(`returns what does not fit: ${checked.issues[0]}`)
  },
  kept: (exercised) => `${exercised} of ${exercised}`,
}
