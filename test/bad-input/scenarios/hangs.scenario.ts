/** Agents that never come back: one waits, two never yield. Only the first can be replayed. */

import { defineScenario } from 'stormproof'
import { get, shop } from './agents/shop.ts'

const shared = {
  backends: { shop },
  model: () => [],
  // One way to fail is enough: each hang costs real time.
  faults: {
    without: [
      ...['tool/rate-limited', 'tool/timeout-before-effect', 'tool/timeout-after-effect', 'tool/garbage-result'],
      ...['tool/partial-effect', 'tool/late-result', 'tool/hang'],
    ],
  },
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
