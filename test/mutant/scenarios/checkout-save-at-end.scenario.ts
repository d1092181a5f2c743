/** The checkout on a runtime broken on purpose: the log is written only at the end of a run. */

import { mutate } from '../../../src/mutant/registry.ts'
import { checkoutWith } from './checkout-with.ts'

export default checkoutWith('checkout-save-at-end', (agent) => mutate('save-at-end', agent))
