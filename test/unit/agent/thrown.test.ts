/** What tools and models throw: the operator finds its words in the log lines, the model and the durable log never see them. */

import { expect, it } from 'vitest'
import { z } from 'zod'
import { ModelError } from '../../../src/core/model.js'
import type { LogLine } from '../../../src/core/sink.js'
import { memoryStore } from '../../../src/platform/memory-store.js'
import { defineAgent, defineTool, runAgent, ToolFailure } from '../../../src/runtime.js'
import { calls, say } from './small-world.js'

const secret = 'hunter2-hunter2'

function meeting(problem: unknown, answer: () => Promise<unknown>) {
  const lines: LogLine[] = []
  const prompts: unknown[] = []
  const agent = defineAgent({
    name: 'finder',
    instructions: 'find it',
    retry: { attempts: 1 },
    secrets: [secret],
    sinks: [{ name: 'lines', log: (line) => void lines.push(line) }],
    tools: [
      defineTool({
        name: 'find',
        description: 'find',
        effect: 'read',
        input: z.object({ id: z.string() }),
        output: z.object({}),
        execute: () => Promise.reject(problem),
      }),
    ],
  })
  const store = memoryStore()
  const model = {
    '~model': true as const,
    answer: (request: { messages: readonly unknown[] }) => {
      prompts.push(request.messages)
      return (prompts.length === 1 ? answer() : Promise.resolve(say('done'))) as never
    },
  }
  const run = () => runAgent(agent, { session: 's', prompt: 'go', model, store })
  return { lines, prompts, run, log: async () => JSON.stringify(await store.read('s')) }
}

const trap = (): never => {
  throw new Error('trap')
}

it('what is thrown takes no more than a line of some hundred characters, and a declared failure none', async () => {
  const long = meeting(new Error('x'.repeat(100_000)), () => Promise.resolve(calls('find A')))
  await long.run()
  const [told] = long.lines.filter(({ text }) => text.includes('threw'))
  expect(told?.text).toMatch(/^tool=find attempt=1 threw Error: x{400}/)
  expect(told?.text.length).toBeLessThan(600)
  const declared = meeting(new ToolFailure('no\nroute'), () => Promise.resolve(calls('find A')))
  await declared.run()
  const lines = declared.lines.map(({ text }) => text)
  expect(lines.filter((text) => text.includes('threw'))).toEqual([])
  expect(lines.join('|')).toContain('error=no route')
})

it('what a tool throws is told in one masked line, with what caused it', async () => {
  const cause = Object.assign(new Error(`connect ECONNREFUSED\n\u001b[31mto ${secret}`), { code: 'ECONNREFUSED' })
  const met = meeting(new Error('the index is away', { cause }), () => Promise.resolve(calls('find A')))
  expect(await met.run()).toMatchObject({ status: 'completed' })
  const told = met.lines.filter(({ text }) => text.includes('the index is away'))
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({ level: 'warning', call: 't1.c0' })
  expect(told[0]?.text).toContain(
    'tool=find attempt=1 threw Error: the index is away, because Error: connect ECONNREFUSED',
  )
  // One line, nothing that steers a terminal, and no secret.
  for (const control of ['\n', '\u001b']) expect(told[0]?.text).not.toContain(control)
  expect(told[0]?.text).not.toContain(secret)
  expect(JSON.stringify(met.prompts)).not.toContain('index is away')
  expect(await met.log()).not.toContain('index is away')
})

it('why a model failed for good stands in the result: the class, our words, the status', async () => {
  const detail = { class: 'permanent', text: 'the model answered 401', retryable: false, status: 401 } as const
  const met = meeting(undefined, () => Promise.reject(new ModelError(detail, { cause: new Error('key of team B') })))
  expect(await met.run()).toMatchObject({ status: 'failed', reason: 'model-failed', error: detail })
  expect(met.lines.some(({ text }) => text.includes('llm turn=1 attempt=1 threw Error: key of team B'))).toBe(true)
  expect(await met.log()).not.toContain('team B')
})

it.each([
  ['a string', 'just words', 'threw just words'],
  ['an object', { code: 'E_ODD' }, 'threw an object (E_ODD)'],
  ['what cannot be read', Object.defineProperty({}, 'message', { get: trap }), 'threw what cannot be read'],
  ['what caused a declared failure', new ToolFailure('no', { cause: 'a dry well' }), 'threw a dry well'],
])('%s that is thrown is told as well', async (_what, problem, words) => {
  const met = meeting(problem, () => Promise.resolve(calls('find A')))
  expect(await met.run()).toMatchObject({ status: 'completed' })
  expect(met.lines.some(({ text }) => text.includes(words))).toBe(true)
})
