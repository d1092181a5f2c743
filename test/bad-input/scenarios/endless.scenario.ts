/** Agents that are busy for ever: with a tool, with the model, with waiting. */

import { defineScenario } from 'stormproof'
import { get, oneWayToFail, shop } from './agents/shop.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function poll(): Promise<unknown> {
  try {
    return await get('/orders/A-7')
  } catch {
    for (;;) await get('/orders/A-7').catch(() => undefined)
  }
}

async function sleepAndPoll(): Promise<unknown> {
  try {
    return await get('/orders/A-7')
  } catch {
    for (;;) await pause(3_600_000)
  }
}

async function talk(): Promise<unknown> {
  const body = JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'Go on.' }] })
  for (;;) await fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body })
}

const shared = { backends: { shop }, faults: oneWayToFail, success: () => true }

export const pollsInStorms = defineScenario({ ...shared, name: 'polls-in-storms', run: poll, model: () => [] })
export const waitsInStorms = defineScenario({ ...shared, name: 'waits-in-storms', run: sleepAndPoll, model: () => [] })
export const talksAlways = defineScenario({
  ...shared,
  name: 'talks-always',
  run: talk,
  model: ({ say }) => [say('Yes.')],
})
