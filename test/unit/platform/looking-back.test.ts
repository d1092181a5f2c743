import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import {
  defineAgent,
  defineTool,
  fileStore,
  forkAt,
  inspect,
  type Model,
  type ModelRequest,
  replayPrompt,
  runAgent,
} from '../../../src/runtime.js'

const charge = defineTool({
  name: 'charge',
  description: 'Charge',
  effect: 'write',
  input: z.object({ cents: z.int() }),
  output: z.object({ id: z.string() }),
  execute: async ({ cents }, { key }) => ({ id: `${key}:${cents}` }),
})
const agent = defineAgent({ name: 'pay', instructions: 'pay', tools: [charge], limits: { turns: 4 } })

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'looking-back-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Charges twice, then says the word. */
function modelThatSays(word: string): { readonly model: Model; readonly asked: Map<number, ModelRequest['messages']> } {
  const asked = new Map<number, ModelRequest['messages']>()
  const usage = { inputTokens: 3, outputTokens: 2 }
  const answer: Model['answer'] = async ({ turn, messages }) => {
    asked.set(turn, structuredClone(messages))
    if (turn > 2) return { text: word, calls: [], stop: 'stop', usage }
    const calls = [{ id: `c${turn}`, tool: 'charge', arguments: `{"cents":${turn}}` }]
    return { text: '', calls, stop: 'tool-calls', usage }
  }
  return { model: { '~model': true, answer }, asked }
}

it('seed-199: the log of a store gives every prompt again, byte for byte, to a process that never saw the run', async () => {
  const { model, asked } = modelThatSays('paid')
  await runAgent(agent, { session: 'A-7', prompt: 'go', model, store: fileStore(folder) })
  const { events } = await fileStore(folder).read('A-7')
  expect([...asked.keys()]).toEqual([1, 2, 3])
  for (const [turn, messages] of asked) {
    expect(JSON.stringify(replayPrompt(agent, events, turn))).toBe(JSON.stringify(messages))
  }
  expect(() => replayPrompt(agent, events, 4)).toThrow(expect.objectContaining({ code: 'config' }))
})

it('seed-199: it tells where the run stands, at its end and at any moment before', async () => {
  const { model } = modelThatSays('paid')
  const store = fileStore(folder)
  await runAgent(agent, { session: 'A-7', prompt: 'go', model, store })
  const { events } = await store.read('A-7')
  const begun = events.findIndex(({ type }) => type === 'attempt-start')
  expect(inspect(agent, events.slice(0, begun))).toMatchObject({ status: 'running', turn: 1, openCalls: ['t1.c0'] })
  expect(inspect(agent, events)).toMatchObject({
    session: 'A-7',
    status: 'completed',
    turn: 3,
    tokens: 15,
    openCalls: [],
  })
})

it('seed-199: a fork of it goes on from a turn with another model, and the run itself stays as it was', async () => {
  const store = fileStore(folder)
  await runAgent(agent, { session: 'A-7', prompt: 'go', model: modelThatSays('paid').model, store })
  const { events } = await store.read('A-7')
  const { version, epoch } = await store.open('what-if')
  await store.append('what-if', { version, epoch }, forkAt(events, 3, { session: 'what-if' }))
  const other = modelThatSays('paid, I think')
  const result = await runAgent(agent, { session: 'what-if', prompt: 'go', model: other.model, store })
  expect(result).toMatchObject({ status: 'completed', text: 'paid, I think' })
  expect([...other.asked]).toEqual([[3, replayPrompt(agent, events, 3)]])
  expect((await store.read('A-7')).events).toEqual(events)
})
