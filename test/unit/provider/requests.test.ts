import { createOpenAI } from '@ai-sdk/openai'
import { fromLanguageModel } from 'stormproof/ai-sdk'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import tour from '../../../bench/openai-tour.scenario.js'
import refund from '../../../scenarios/openai-refund.scenario.js'
import { presetOf } from '../../../src/explore/preset.js'
import { randomSource } from '../../../src/explore/random-source.js'
import type { Scenario } from '../../../src/index.js'
import { memoryStore } from '../../../src/platform/memory-store.js'
import { modelEndpoint } from '../../../src/provider/endpoint.js'
import { chatModel, defineAgent, defineTool, runAgent } from '../../../src/runtime.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { rememberRequests, strayingsOf } from '../../wire/sent-requests.js'

/** Two parallel calls, one of which fails, then a text. */
function fetching(): typeof fetch {
  let asked = 0
  const usage = { inputTokens: 10, outputTokens: 5 }
  const calls = ['1', '2'].map((order) => ({ id: `c${order}`, tool: 'find', arguments: `{"order":"${order}"}` }))
  const endpoint = modelEndpoint({
    answer: async () => ({
      kind: 'answer',
      answer:
        ++asked === 1
          ? { text: '', calls, stop: 'tool-calls', usage }
          : { text: 'Both.', calls: [], stop: 'stop', usage },
    }),
    stamp: () => ({ id: `m${asked}`, createdAt: 1 }),
  })
  return (url, init) => endpoint.handle(String(url), init ?? {})
}

const find = defineTool({
  name: 'find',
  description: 'Finds an order',
  input: z.object({ order: z.string() }),
  output: z.string(),
  effect: 'read',
  execute: async ({ order }) => {
    if (order === '2') throw new Error('no such order')
    return 'here'
  },
})

test.each([
  ['chatModel', () => chatModel({ baseUrl: 'https://api.openai.com/v1', model: 'gpt-5', fetch: fetching() })],
  [
    'a model of the AI SDK over Responses',
    () => fromLanguageModel(createOpenAI({ apiKey: 'sk-test', fetch: fetching() })('gpt-5')),
  ],
  [
    'a model of the AI SDK over Chat',
    () => fromLanguageModel(createOpenAI({ apiKey: 'sk-test', fetch: fetching() }).chat('gpt-5')),
  ],
])('what our runtime sends through %s is as the provider has it', async (_, model) => {
  const sent = rememberRequests()
  const agent = defineAgent({ name: 'finder', instructions: 'Find orders.', tools: [find], retry: { attempts: 1 } })
  await runAgent(agent, { model: model(), store: memoryStore(), session: 's', prompt: 'Find 1 and 2.' })
  vi.restoreAllMocks()
  expect(sent.length).toBeGreaterThan(1)
  expect(strayingsOf(sent)).toEqual([])
})

const storms = 12

test.each<[string, Scenario]>([
  ['openai-refund', refund],
  ['openai-tour', tour as Scenario],
])('what %s sends, in storms too, is as the provider has it', async (_, scenario) => {
  const sent = rememberRequests()
  const weather = presetOf('stormy')
  for (let key = 0; key < storms; key++) await runTrial(scenario, { source: randomSource(key, weather), fresh: true })
  vi.restoreAllMocks()
  expect(sent.length).toBeGreaterThan(storms)
  expect(strayingsOf(sent)).toEqual([])
})
