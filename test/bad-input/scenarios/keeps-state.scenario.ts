/** An agent with a cache in a module variable: from the second trial on it never asks for the order. */

import { defineScenario } from 'stormproof'
import { forgetfulAgent } from './agents/forgetful-agent.ts'
import { shop } from './agents/shop.ts'

const scenario = {
  backends: { shop },
  run: () => forgetfulAgent(),
  model: () => [],
  always: {
    'refunded once': ({ ledger }: { ledger: { shop: { refund: readonly unknown[] } } }) =>
      ledger.shop.refund.length <= 1,
  },
  success: () => true,
}

export const keepsState = defineScenario({ ...scenario, name: 'keeps-state' })
export const isolated = defineScenario({ ...scenario, name: 'isolated', isolate: true })
