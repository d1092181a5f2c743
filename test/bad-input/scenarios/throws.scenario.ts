/** Agents that throw: always, and only when something went wrong. */

import { defineScenario } from 'stormproof'
import { get, shop } from './agents/shop.ts'

async function broken(): Promise<string> {
  const order = (await get('/orders/A-7')) as { customer?: { name: string } }
  return (order.customer as { name: string }).name
}

export const throwsAlways = defineScenario({
  name: 'throws-always',
  backends: { shop },
  run: broken,
  model: () => [],
  success: ({ result }) => result !== '',
})

export const throwsWithoutGoal = defineScenario({
  name: 'throws-without-goal',
  backends: { shop },
  run: () => Promise.reject('out of luck'),
  model: () => [],
})

export const throwsInStorms = defineScenario({
  name: 'throws-in-storms',
  backends: { shop },
  run: () => get('/orders/A-7'),
  model: () => [],
  success: ({ result }) => result !== undefined,
})
