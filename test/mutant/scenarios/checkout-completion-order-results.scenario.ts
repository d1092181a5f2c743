/** The checkout on a runtime broken on purpose: results are committed in the order in which they came in. */

import { mutate } from '../../../src/mutant/registry.ts'
import { checkoutWith } from './checkout-with.ts'

export default checkoutWith('checkout-completion-order-results', (agent) => mutate('completion-order-results', agent))
