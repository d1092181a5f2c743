/** Agents that never come back: one waits, two never yield. Only the first can be replayed. */

import { defineScenario } from 'stormproof'
import { get, oneWayToFail, shop } from './agents/shop.ts'

const shared = {
  backends: { shop },
  model: () => [],
  faults: oneWayToFail,
}

export const waits = defineScenario({
  ...shared,
  name: 'waits-for-ever',
  run: () => get('/orders/A-7').catch(() => new Promise(() => {})),
})

export const spins = defineScenario({
  ...shared,
  name: 'spins-in-storms',
  run: () =>
    get('/orders/A-7').catch(() => {
      for (;;);
    }),
})

export const spinsAlways = defineScenario({
  ...shared,
  name: 'spins-always',
  run: async () => {
    for (;;) await undefined
  },
})

export const goesOn = defineScenario({ ...shared, name: 'goes-on', run: () => get('/orders/A-7').catch(() => 'sorry') })
