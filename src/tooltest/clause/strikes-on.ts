/** Troubles for a case of one call: none, or one at one of its requests. */

import fc from 'fast-check'
import type { Facts } from '../facts.js'
import type { Trouble, TroubleName } from '../run/trouble.js'

/** At the first request first. `call`: whose requests. */
export const strikesOn = (facts: Facts, names: readonly TroubleName[], call = 0): fc.Arbitrary<readonly Trouble[]> =>
  facts.requestsPerCall === 0
    ? fc.constant([])
    : fc.oneof(
        { weight: 1, arbitrary: fc.constant([]) },
        { weight: 4, arbitrary: oneOn(facts, names, call).map((one) => [one]) },
      )

/** One trouble at one of the requests that a call sends. */
const oneOn = (facts: Facts, names: readonly TroubleName[], call = 0): fc.Arbitrary<Trouble> =>
  fc
    .tuple(fc.nat({ max: Math.min(5, Math.max(0, facts.requestsPerCall - 1)) }), fc.constantFrom(...names))
    .map(([request, what]) => ({ call, request, what }))
