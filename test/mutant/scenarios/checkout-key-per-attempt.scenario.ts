/** The checkout on a runtime broken on purpose: the idempotency key is dropped on retry: each attempt makes its own. */

import { mutate } from '../../../src/mutant/registry.ts'
import { checkoutWith } from './checkout-with.ts'

export default checkoutWith('checkout-key-per-attempt', (agent) => mutate('key-per-attempt', agent))
