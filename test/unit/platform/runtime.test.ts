import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { defineAgent, defineTool, fileStore, type Model, runAgent } from '../../../src/runtime.js'

const charge = defineTool({
  name: 'charge',
  description: 'Charge',
  effect: 'write',
  input: z.object({ cents: z.int() }),
  output: z.object({ id: z.string() }),
  execute: async ({ cents }, { key }) => ({ id: `${key}:${cents}` }),
})

it('an agent runs on real time and files, and a second run gives the stored result', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stormproof-'))
  const usage = { inputTokens: 1, outputTokens: 1 }
  let asked = 0
  const model: Model = {
    '~model': true,
    answer: async ({ turn, messages }) => {
      asked++
      if (turn === 1) {
        return { text: '', calls: [{ id: 'a', tool: 'charge', arguments: '{"cents":5}' }], stop: 'tool-calls', usage }
      }
      return { text: JSON.stringify(messages.at(-1)), calls: [], stop: 'stop', usage }
    },
  }
  const agent = defineAgent({ name: 'pay', instructions: 'pay', tools: [charge] })
  expectTypeOf<(typeof agent)['~tools']['charge']['name']>().toEqualTypeOf<'charge'>()
  const options = { session: 'A-7', prompt: 'go', model, store: fileStore(folder) }
  const first = await runAgent(agent, options)
  expect(first).toMatchObject({ status: 'completed', text: expect.stringContaining('A-7/t1.c0:5') })
  expect(await runAgent(agent, { ...options, store: fileStore(folder) })).toEqual(first)
  expect(asked).toBe(2)
  await rm(folder, { recursive: true })
})

it('a tool that could not run safely is refused when it is defined', () => {
  const sound = { name: 'x', description: '', input: z.object({}), output: z.object({}), execute: async () => ({}) }
  // @ts-expect-error an irreversible tool has no compensation
  expect(() => defineTool({ ...sound, effect: 'irreversible', compensate: async () => {} })).toThrow('not a write')
  expect(() => defineTool({ ...sound, effect: 'read', timeoutMs: -1 })).toThrow('timeoutMs')
  const look = defineTool({ ...sound, effect: 'read' })
  expect(() => defineAgent({ name: 'a', instructions: '', tools: [look, look] })).toThrow('two tools are named x')
  expect(() => defineAgent({ name: 'a', instructions: '', tools: [], limits: { turns: 0 } })).toThrow('limits.turns')
})
