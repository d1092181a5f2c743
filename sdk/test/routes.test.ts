/** An agent says which model it wants, and hands back what it has, in the ways people write it: each is met as it is. */

import { openai } from '@ai-sdk/openai'
import { HumanMessage } from '@langchain/core/messages'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { Agent, run } from '@openai/agents'
import { gateway, generateText, streamText } from 'ai'
import OpenAI from 'openai'
import { defineScenario } from 'stormproof'
import { expect, test } from 'vitest'
import { simplest } from '../../src/kernel/source.ts'
import { runTrial } from '../../src/scenario/run-trial.ts'

const prompt = 'Say hello.'
const hello = 'Hello there, and good morning.'

/** What one quiet trial of it ends in. */
async function trialOf(agent: () => unknown): Promise<{ result: unknown; problems: readonly string[] }> {
  let result: unknown
  const scenario = defineScenario<{}, {}, unknown>({
    name: 'route',
    run: agent,
    model: ({ say }) => [say(hello)],
    success: (trial) => {
      result = trial.result
      return true
    },
  })
  const { problems } = await runTrial(scenario, { source: simplest, calm: true, keepGoing: true })
  return { result, problems: problems.map(({ what }) => what) }
}

const stringAgent = new Agent({ name: 'clerk', instructions: 'Be kind.', model: 'gpt-5' })
const graph = () => createReactAgent({ llm: new ChatOpenAI({ model: 'gpt-5' }), tools: [] })
const chat = { model: 'gpt-5', messages: [{ role: 'user' as const, content: prompt }] }

/** By what is written: an agent, and what its trial must end in, as text. */
const routes: Readonly<Record<string, () => unknown>> = {
  "openai('gpt-5')": async () => (await generateText({ model: openai('gpt-5'), prompt })).text,
  "openai.chat('gpt-5')": async () => (await generateText({ model: openai.chat('gpt-5'), prompt })).text,
  "'openai/gpt-5'": async () => (await generateText({ model: 'openai/gpt-5', prompt })).text,
  "'anthropic/claude-opus-4.8', streamed": async () =>
    await streamText({ model: 'anthropic/claude-opus-4.8', prompt }).text,
  'the result of streamText': () => streamText({ model: openai('gpt-5'), prompt }),
  'the result of streamText on a string model': () => streamText({ model: 'openai/gpt-5', prompt }),
  'a text stream': () => streamText({ model: openai('gpt-5'), prompt }).textStream,
  'a text response': () => streamText({ model: openai('gpt-5'), prompt }).toTextStreamResponse(),
  'a UI message response': () => streamText({ model: openai('gpt-5'), prompt }).toUIMessageStreamResponse(),
  'a generator': async function* () {
    for await (const part of streamText({ model: openai('gpt-5'), prompt }).textStream) yield part
  },
  'a streamed run of an agent': () => run(stringAgent, prompt, { stream: true }),
  'the text stream of such a run': async () => (await run(stringAgent, prompt, { stream: true })).toTextStream(),
  'a stream of a graph': () => graph().stream({ messages: [new HumanMessage(prompt)] }, { streamMode: 'values' }),
  'a stream of chunks': () => new OpenAI().chat.completions.create({ ...chat, stream: true }),
}

test.each(Object.entries(routes))('%s', async (_, agent) => {
  const { result, problems } = await trialOf(agent)
  expect(problems).toEqual([])
  expect(wordsIn(result)).toContain(hello)
})

/** The text of a result, whole or in the pieces in which it streamed. */
function wordsIn(result: unknown): string {
  if (typeof result === 'string')
    return result + [...result.matchAll(/"delta":"([^"]*)"/g)].map(([, part]) => part).join('')
  const pieces: string[] = []
  JSON.stringify(result, (key, value) => {
    if (typeof value === 'string' && /^(delta|content|text)$/.test(key)) pieces.push(value)
    return value
  })
  return pieces.join('')
}

test('a provider that the agent set for its string models is left alone', async () => {
  const global = globalThis as { AI_SDK_DEFAULT_PROVIDER?: unknown }
  const asked: string[] = []
  const own = {
    languageModel: (id: string) => {
      asked.push(id)
      return openai('gpt-5')
    },
  }
  global.AI_SDK_DEFAULT_PROVIDER = own
  try {
    const { result } = await trialOf(async () => (await generateText({ model: 'mine/best', prompt })).text)
    expect([result, asked.includes('mine/best'), global.AI_SDK_DEFAULT_PROVIDER]).toEqual([hello, true, own])
  } finally {
    delete global.AI_SDK_DEFAULT_PROVIDER
  }
})

test('after a trial no provider is left behind', async () => {
  await trialOf(async () => (await generateText({ model: 'openai/gpt-5', prompt })).text)
  expect('AI_SDK_DEFAULT_PROVIDER' in globalThis).toBe(false)
})

test('the gateway by its own name is a host that a backend must answer', async () => {
  const { problems } = await trialOf(async () => (await generateText({ model: gateway('openai/gpt-5'), prompt })).text)
  expect(problems.join('\n')).toMatch(/no backend answers: POST https:\/\/ai-gateway/)
})
