/** What cases of one call are made of: any input, and trouble at one of its requests. */

import fc from 'fast-check'
import type { Case } from '../run/case.js'
import type { Trouble, TroubleName } from '../run/trouble.js'
import type { Kit } from './clause.js'

/** More requests than this in one call are not told apart. */
const mostRequests = 6

/** Which of the requests that a call sends, by its place; the first one where it sends none. Shrinks towards the first. */
export const oneRequest = ({ facts }: Kit): fc.Arbitrary<number> =>
  fc.nat({ max: Math.max(0, Math.min(mostRequests, facts.requestsPerCall) - 1) })

/** One call with any input. `names`: what may befall one of its requests, four times in five. Default: nothing. */
export function oneCall(kit: Kit, names: readonly TroubleName[] = []): fc.Arbitrary<readonly [Case]> {
  const input = fc.oneof(kit.inputs.plain, kit.inputs.wild)
  return fc.tuple(input, strikes(kit, names)).map(([input, troubles]) => [{ calls: [{ input }], troubles }])
}

function strikes(kit: Kit, names: readonly TroubleName[]): fc.Arbitrary<readonly Trouble[]> {
  const calm = fc.constant([])
  if (kit.facts.requestsPerCall === 0 || names.length === 0) return calm
  const struck = fc
    .tuple(oneRequest(kit), fc.constantFrom(...names))
    .map(([request, what]) => [{ call: 0, request, what }])
  return fc.oneof({ weight: 1, arbitrary: calm }, { weight: 4, arbitrary: struck })
}
