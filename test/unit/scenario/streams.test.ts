import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import type { Script } from '../../../src/sim/script.js'

const site = 'model/t1/a1'
const text = 'The order is on its way to you.'
const saying: Script<any> = ({ say }) => [say(text)]
const calling: Script<any> = ({ call }) => [
  [call('send', { amount: 100, to: 'bob' }), call('send', { amount: 7, to: 'eve' })],
]
const schema = { type: 'object', properties: { amount: { type: 'number' }, to: { type: 'string' } } } as const

const openai = () => new OpenAI({ apiKey: 'sk-test' })
const anthropic = () => new Anthropic({ apiKey: 'sk-test' })
const chat = {
  model: 'gpt-5',
  messages: [{ role: 'user' as const, content: 'hi' }],
  tools: [{ type: 'function' as const, function: { name: 'send', parameters: schema } }],
}
const messages = {
  model: 'claude',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'hi' }],
  tools: [{ name: 'send', input_schema: schema as never }],
}

/** What the agent makes of one answer of the model, when, and what the world saw. */
async function meet(run: () => Promise<unknown>, decisions: readonly Pair[] = [], model = saying) {
  let value: unknown
  const scenario = defineScenario({
    name: 'streams',
    model,
    run: async () => {
      const began = Date.now()
      value = await run().catch((error: unknown) => error)
      return { ms: Date.now() - began }
    },
  })
  const trial = await runTrial(scenario, { source: replaySource(decisions), fresh: true })
  expect(trial.problems).toEqual([])
  const settled = trial.events.find((event) => event.type === 'run-settled')
  return { value: value as any, ms: (settled?.result as { ms: number } | undefined)?.ms, trial }
}

const rawChat = async () => {
  let heard = ''
  for await (const chunk of await openai().chat.completions.create({ ...chat, stream: true })) {
    heard += chunk.choices[0]?.delta.content ?? ''
  }
  return heard
}

describe('an answer that streams', () => {
  test('comes chunk after chunk in virtual time', async () => {
    const { value, ms, trial } = await meet(rawChat)
    expect(value).toBe(text)
    expect(ms).toBe(1150)
    expect((await meet(rawChat)).trial.fingerprint).toBe(trial.fingerprint)
  })

  test('is put together by the helpers of all three formats', async () => {
    const chatAnswer = await meet(
      () =>
        openai()
          .chat.completions.stream({ ...chat, stream_options: { include_usage: true } })
          .finalChatCompletion(),
      [],
      calling,
    )
    expect(chatAnswer.value).toMatchObject({
      usage: { total_tokens: expect.any(Number) },
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            tool_calls: [
              { function: { arguments: '{"amount":100,"to":"bob"}' } },
              { function: { arguments: '{"amount":7,"to":"eve"}' } },
            ],
          },
        },
      ],
    })
    const message = await meet(() => anthropic().messages.stream(messages).finalMessage(), [], calling)
    expect(message.value).toMatchObject({
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', input: { amount: 100, to: 'bob' } }, { input: { amount: 7, to: 'eve' } }],
    })
    const response = await meet(
      () =>
        openai()
          .responses.stream({
            model: 'gpt-5',
            input: 'hi',
            tools: [{ type: 'function', name: 'send', strict: false, parameters: schema as never }],
          })
          .finalResponse(),
      [],
      calling,
    )
    expect(response.value).toMatchObject({
      status: 'completed',
      output: [{ arguments: '{"amount":100,"to":"bob"}' }, { arguments: '{"amount":7,"to":"eve"}' }],
    })
  })
})
