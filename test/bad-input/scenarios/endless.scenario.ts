/** Agents that are busy for ever: with a tool, with the model, with waiting. */

import OpenAI from 'openai'
import { defineScenario } from 'stormproof'
import { get, shop } from './agents/shop.ts'

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
  const client = new OpenAI({ maxRetries: 0 })
  for (;;) await client.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'Go on.' }] })
}

const shared = { backends: { shop }, success: () => true }

export const pollsInStorms = defineScenario({ ...shared, name: 'polls-in-storms', run: poll, model: () => [] })
export const waitsInStorms = defineScenario({ ...shared, name: 'waits-in-storms', run: sleepAndPoll, model: () => [] })
export const talksAlways = defineScenario({
  ...shared,
  name: 'talks-always',
  run: talk,
  model: ({ say }) => [say('Yes.')],
})
