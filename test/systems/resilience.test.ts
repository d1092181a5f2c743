/** What follows a failure, retries and the layers of a call, one session at a time, in virtual time. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Agent } from '../../src/agent/agent.js'
import { defineTool } from '../../src/agent/tool.js'
import { type Model, ModelError } from '../../src/core/model.js'
import type { ErrorDetail } from '../../src/core/outcome.js'
import { StoreError } from '../../src/core/store.js'
import { PartialEffect } from '../../src/core/tool.js'
import { calls, say, World } from '../unit/agent/small-world.js'
import { agentWith, bounded, contents, later } from './bounded-shop.js'

const failing = (times: number, detail: ErrorDetail, world: World, model: Model): Model => {
  let left = times
  return {
    '~model': true,
    answer: (request) => {
      world.prompts.push({ turn: request.turn, messages: request.messages, tools: world.now })
      return left-- > 0 ? Promise.reject(new ModelError(detail)) : model.answer(request)
    },
  }
}

describe('seed-96: what a failure is followed by', () => {
  it('rate limited: a timed wait, not an approval', async () => {
    const world = new World()
    const detail = { class: 'rate-limited', text: '429', retryable: true, afterMs: 20_000 } as const
    const result = await world.run(agentWith([]), failing(1, detail, world, world.model(say('done'))))
    expect(result).toMatchObject({ status: 'completed' })
    const [wait] = await world.logged('retry-scheduled')
    expect(wait).toMatchObject({ op: 't1', attempt: 1, delayMs: 20_000 })
  })

  it('timed out: a read and a keyed write again under the same key; a write without keys not', async () => {
    const world = new World()
    const hang = (attempt: number): number => (attempt === 1 ? 90_000 : 100)
    const tools = [
      world.tool('keyed', { answer: hang }),
      world.tool('plain', { answer: hang, idempotency: 'none', effect: 'irreversible' }),
    ]
    await world.run(agentWith(tools), world.model(calls('keyed A', 'plain B'), say('done')))
    expect(world.requests.map(({ name, attempt, key }) => `${name} ${attempt} ${key}`).sort()).toEqual([
      'keyed 1 s1/t1.c0',
      'keyed 2 s1/t1.c0',
      'plain 1 s1/t1.c1',
    ])
    expect(world.effects.filter(({ name }) => name === 'keyed')).toHaveLength(1)
  })

  it('an invalid request: the run fails at once', async () => {
    const world = new World()
    const detail = { class: 'refused', text: '400', retryable: false } as const
    const result = await world.run(agentWith([]), failing(9, detail, world, world.model(say('done'))))
    expect(result).toMatchObject({ status: 'failed', reason: 'model-failed' })
    expect(world.prompts).toHaveLength(1)
  })

  it('anything else that may pass: again, with counters that only grow', async () => {
    const world = new World()
    const detail = { class: 'unavailable', text: '503', retryable: true } as const
    const result = await world.run(agentWith([]), failing(9, detail, world, world.model(say('done'))))
    expect(result).toMatchObject({ status: 'failed', reason: 'model-failed' })
    expect((await world.logged('model-call-start')).map(({ turn, attempt }) => [turn, attempt])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
    ])
  })
})

describe('retries', () => {
  it('seed-99: are three attempts in all, 1 s doubled, with up to half a second of jitter', async () => {
    const world = new World()
    await world.run(
      agentWith([world.tool('charge', { answer: () => later() })]),
      world.model(calls('charge A'), say('x')),
    )
    const waits = (await world.logged('retry-scheduled')).map(({ delayMs }) => delayMs)
    expect(waits).toHaveLength(2)
    for (const [index, delayMs] of waits.entries()) {
      expect(delayMs).toBeGreaterThanOrEqual(1_000 * 2 ** index)
      expect(delayMs).toBeLessThanOrEqual(1_000 * 2 ** index + 500)
    }
  })

  it('seed-101: `retries` are attempts after the first; delays and factor are the agent’s', async () => {
    const world = new World()
    const retry = { retries: 4, baseMs: 10, factor: 3, jitterMs: 0 }
    const agent = agentWith([world.tool('charge', { answer: () => later() })], { retry, breaker: { failures: 99 } })
    await world.run(agent, world.model(calls('charge A'), say('x')))
    expect(world.requests).toHaveLength(5)
    expect((await world.logged('retry-scheduled')).map(({ delayMs }) => delayMs)).toEqual([10, 30, 90, 270])
    for (const wrong of [
      { attempts: 0 },
      { retries: -1 },
      { baseMs: 3e9 },
      { factor: 0.5 },
      { jitterMs: Number.NaN },
    ]) {
      expect(() => agentWith([], { retry: wrong })).toThrow('retry.')
    }
  })

  it('seed-104: whatever a tool throws is an outcome; the run goes on with its context', async () => {
    const world = new World()
    const things: unknown[] = [null, undefined, 'text', 7, { message: {} }, new RangeError('x'), Object.create(null)]
    const explode = bounded(world.tool('explode', { effect: 'irreversible', idempotency: 'none' }), {
      effect: 'read',
      execute: async (input: { id: string }) => {
        throw things[Number(input.id)]
      },
    })
    const batch = calls(...things.map((_, index) => `explode ${index}`), 'charge A')
    const agent = agentWith([explode, world.tool('charge')], { breaker: { failures: 99 }, retry: { attempts: 1 } })
    const result = await world.run(agent, world.model(batch, say('done')))
    expect(result).toMatchObject({ status: 'completed', text: 'done' })
    expect(await contents(world)).toHaveLength(things.length + 1)
    expect(world.effects).toHaveLength(1)
  })

  it('seed-114: a goal costs at most attempts x (1 + corrections) attempts, however often the model asks again', async () => {
    const world = new World()
    const agent = agentWith([world.tool('charge', { answer: () => later() })], {
      breaker: { failures: 999 },
      limits: { turns: 50, timeMs: 10_000_000 },
    })
    const result = await world.run(agent, world.model(calls('charge A')))
    expect(result).toMatchObject({ status: 'failed' })
    expect(world.requests.length).toBeLessThanOrEqual(3 * (1 + 3))
    expect(world.requests.length).toBeGreaterThan(3)
  })

  it('seed-105: the store is tried again with growing waits; an append whose answer was lost counts once', async () => {
    const world = new World()
    const tries: number[] = []
    const agent = agentWith([world.tool('charge')])
    const model = world.model(calls('charge A'), say('done'))
    const port = world.storePort.bind(world)
    world.storePort = () => {
      const store = port()
      return {
        ...store,
        append: async (...args) => {
          if (args[2].some((event) => event.type === 'attempt-start') && tries.length < 5) {
            tries.push(world.now)
            if (tries.length === 3) await store.append(...args)
            throw new StoreError('503', tries.length === 3 ? 'unknown' : 'no')
          }
          return store.append(...args)
        },
      }
    }
    expect(await world.run(agent, model)).toMatchObject({ status: 'completed' })
    const gaps = tries.slice(1).map((at, index) => at - tries[index]!)
    expect(gaps).toEqual([50, 100])
    expect((await world.logged('attempt-start')).map(({ attempt }) => attempt)).toEqual([1])
    expect(world.effects).toHaveLength(1)
  })
})

describe('layers', () => {
  it('seed-97: the breaker is asked before an attempt, arguments are checked inside, and each call has one terminal record', async () => {
    const world = new World()
    const order: string[] = []
    const tool = world.tool('charge', { answer: (attempt) => (attempt === 1 ? later() : 100) })
    const agent = agentWith([tool])
    const parts: Agent<any>['parts'] = {
      admitAttempt: (_policy, state, attempt) => {
        order.push(`breaker ${attempt}`)
        return [state, 'admitted']
      },
      checkArguments: () => void order.push('arguments'),
      attemptKey: (intent, attempt) => {
        order.push(`key ${attempt}`)
        return intent.key
      },
      checkOutput: (_tool, value) => {
        order.push('output')
        return { kind: 'ok', value: value as never }
      },
    }
    await world.run({ ...agent, parts }, world.model(calls('charge A'), say('x')))
    expect(order).toEqual([
      'key 1',
      'arguments',
      'breaker t1.c0/a1',
      'key 2',
      'arguments',
      'breaker t1.c0/a2',
      'output',
    ])
    const settled = (await world.log()).filter(({ type }) => type === 'call-settled' || type === 'call-rejected')
    expect(settled).toHaveLength(1)
  })

  it('seed-98: the key is one for all attempts, and no event of the saga lies inside an attempt', async () => {
    const world = new World()
    const charge = world.tool('charge', { isUndoable: true, answer: (attempt) => (attempt < 3 ? later() : 100) })
    const agent = agentWith([charge], { saga: true, breaker: { failures: 9 } })
    await world.run(agent, world.model(calls('charge A', 'charge B'), say('x')))
    const starts = await world.logged('attempt-start')
    expect(starts).toHaveLength(6)
    expect(new Set(starts.map(({ call, key }) => `${call} ${key}`))).toEqual(
      new Set(['t1.c0 s1/t1.c0', 't1.c1 s1/t1.c1']),
    )
    const open = new Set<string>()
    for (const event of await world.log()) {
      if (event.type === 'attempt-start') open.add(event.call)
      if (event.type === 'attempt-end') open.delete(event.call)
      if (event.type === 'saga-step-registered') expect(open.has(event.call)).toBe(false)
    }
  })
})

it('seed-113: a record that was made in part is not built upon: its dependent never starts, and what may remain is named', async () => {
  const world = new World()
  const created: string[] = []
  const shared = { description: '', input: z.object({ id: z.string() }), output: z.object({ id: z.string() }) }
  const create = defineTool({
    ...shared,
    name: 'create_task',
    effect: 'write',
    execute: async ({ id }) => {
      created.push(id)
      throw new PartialEffect('created without owner and due date', { done: 1, of: 3 })
    },
  })
  const assign = defineTool({
    ...shared,
    name: 'assign_task',
    effect: 'write',
    dependsOn: (_input: { id: string }, batch: readonly { call: string; tool: string }[]) =>
      batch.filter(({ tool }) => tool === 'create_task').map(({ call }) => call),
    execute: async ({ id }) => {
      created.push(`assigned ${id}`)
      return { id }
    },
  })
  const agent = agentWith([create, assign], { retry: { attempts: 1 } })
  const result = await world.run(agent, world.model(calls('create_task A', 'assign_task A'), say('both done')))
  expect(created).toEqual(['A'])
  expect(result).toMatchObject({ status: 'needs-intervention', residue: ['t1.c0'] })
  expect((await world.logged('call-rejected'))[0]).toMatchObject({ call: 't1.c1', tool: 'assign_task' })
  const error = { class: 'tool-error', text: 'created without owner and due date', partial: { done: 1, of: 3 } }
  expect((await world.logged('attempt-end'))[0]).toMatchObject({ outcome: 'unknown', error })
  expect((await world.logged('call-settled'))[0]).toMatchObject({ outcome: 'unknown', error })
  expect(JSON.stringify(world.prompts[1])).toContain(
    'The outcome of create_task is unknown. 1 of its 3 parts took effect.',
  )
})

it('seed-92: durable state costs a run its store latency an append, and nothing else: 20 ms x 10 turns', async () => {
  const timeOf = async (latencyMs: number): Promise<{ ms: number; appends: number }> => {
    const world = new World()
    let appends = 0
    const port = world.storePort.bind(world)
    world.storePort = () => ({
      ...port(),
      append: async (...args) => {
        appends++
        await world.wait(latencyMs)
        return world.store.append(...args)
      },
    })
    const start = world.now
    const turns = Array.from({ length: 9 }, (_, turn) => calls(`quote ${turn}`))
    await world.run(agentWith([world.tool('quote')], { limits: { turns: 12 } }), world.model(...turns, say('done')))
    return { ms: world.now - start, appends }
  }
  const [free, slow] = [await timeOf(0), await timeOf(20)]
  expect(slow.appends).toBe(free.appends)
  expect(slow.ms - free.ms).toBe(20 * slow.appends)
  expect(slow.appends / 10).toBeGreaterThanOrEqual(1)
})
