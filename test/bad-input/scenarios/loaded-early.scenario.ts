/** Agents of modules that were loaded before stormproof: they hold what Node has, not what the world has. */

import { defineScenario } from 'stormproof'

const { early } = globalThis as unknown as { early: { fetch: typeof fetch; setTimeout: typeof setTimeout } }

export const client = defineScenario({
  name: 'early-client',
  model: ({ say }) => [say('Hello.')],
  run: () => early.fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body: '{}' }).then(() => 1),
})

export const timer = defineScenario({
  name: 'early-timer',
  model: () => [],
  run: () => new Promise<void>((resolve) => void early.setTimeout(resolve, 1)),
})
