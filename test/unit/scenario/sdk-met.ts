/** A real SDK in the box: one request of it, under given decisions, and what came of it. */

import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { expect } from 'vitest'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import type { TrialResult } from '../../../src/scenario/trial-result.js'
import type { ModelPolicy, Script } from '../../../src/sim/script.js'

/** The first question to the model. */
export const site = 'model/t1/a1'
export const text = 'The order is on its way to you.'
export const saying: Script<any> = ({ say }) => [say(text)]
export const calling: Script<any> = ({ call }) => [
  [call('send', { amount: 100, to: 'bob' }), call('send', { amount: 7, to: 'eve' })],
]

export const openai = (more = {}) => new OpenAI({ apiKey: 'sk-test', ...more })
export const anthropic = (more = {}) => new Anthropic({ apiKey: 'sk-test', ...more })

const schema = { type: 'object' as const, properties: { amount: { type: 'number' }, to: { type: 'string' } } }
export const chat = {
  model: 'gpt-5',
  messages: [{ role: 'user' as const, content: 'hi' }],
  tools: [{ type: 'function' as const, function: { name: 'send', parameters: schema } }],
}
export const messages = {
  model: 'claude',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'hi' }],
  tools: [{ name: 'send', input_schema: schema }],
}
export const response = {
  model: 'gpt-5',
  input: 'hi',
  tools: [{ type: 'function' as const, name: 'send', strict: false, parameters: schema }],
}

export interface Met {
  /** What the request resolved with, or the error it threw; undefined when it never settled. */
  readonly value: any
  readonly ms: number | undefined
  /** Milliseconds between one question and the next. */
  readonly gaps: readonly number[]
  readonly trial: TrialResult
}

/** Runs it in a fresh world. */
export async function meet(
  run: () => PromiseLike<unknown>,
  decisions: readonly Pair[] = [],
  model: Script<any> | ModelPolicy = saying,
): Promise<Met> {
  let value: unknown
  let ms: number | undefined
  const scenario = defineScenario({
    name: 'met',
    model,
    run: async () => {
      const began = Date.now()
      value = await Promise.resolve(run()).catch((error: unknown) => error)
      ms = Date.now() - began
      return typeof value === 'string' ? value : 'done'
    },
  })
  const trial = await runTrial(scenario, { source: replaySource(decisions), fresh: true })
  expect(trial.problems).toEqual([])
  const asked = trial.events.filter((event) => event.type === 'prompt-received').map(({ vt }) => vt)
  const gaps = asked.slice(1).map((at, index) => at - (asked[index] as number))
  return { value, ms, gaps, trial }
}

export const decided = (fault: string, parameters: Readonly<Record<string, string>> = {}): readonly Pair[] => [
  [site, fault],
  ...Object.entries(parameters).map(([name, value]) => [`${site}@${name}`, value] as const),
]

/** Reads a raw stream of Chat Completions to its end. */
export async function rawChat(): Promise<string> {
  let heard = ''
  for await (const chunk of await openai().chat.completions.create({ ...chat, stream: true }))
    heard += chunk.choices[0]?.delta.content ?? ''
  return heard
}

/** Reads a raw stream of Messages to its end: the types of its events. */
export async function rawMessages(): Promise<readonly string[]> {
  const types: string[] = []
  for await (const event of await anthropic().messages.create({ ...messages, stream: true })) types.push(event.type)
  return types
}

export const helpedChat = () => openai().chat.completions.stream(chat).finalChatCompletion()
export const helpedMessages = () => anthropic().messages.stream(messages).finalMessage()
export const helpedResponse = () => openai().responses.stream(response).finalResponse()

/** How often the model was asked. */
export const requests = ({ gaps }: Met): number => gaps.length + 1
