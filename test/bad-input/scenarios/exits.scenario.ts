/** Agents that end their process: by name, and so that nobody can stop them. */

import { defineScenario } from 'stormproof'
import { get, shop } from './agents/shop.ts'

export const exits = defineScenario({
  name: 'exits',
  backends: { shop },
  model: () => [],
  run: async () => {
    await get('/orders/A-7')
    process.exit(0)
  },
})

export const killsItself = defineScenario({
  name: 'kills-itself',
  backends: { shop },
  model: () => [],
  run: async () => {
    await get('/orders/A-7')
    process.kill(process.pid, 'SIGKILL')
  },
})
