/** Rate limits and budgets of the runtime, one session at a time, in virtual time. */

import { describe, expect, it } from 'vitest'
import { defineTool } from '../../src/agent/tool.js'
import type { LogEvent } from '../../src/core/event.js'
import { calls, say, World } from '../unit/agent/small-world.js'
import { agentWith, bounded, idle, later, type Options } from './bounded-shop.js'

describe('rate limits', () => {
  const quotes = (world: World, rateLimitPerMinute: number) => bounded(world.tool('quote'), { rateLimitPerMinute })
  const admitted = async (world: World) => (await world.logged('limiter-admitted')).map(({ call }) => call)

  it('seed-29, seed-48: let so many calls of a tool through a minute, by the elapsed time; refused calls consume nothing', async () => {
    const world = new World()
    const agent = agentWith([quotes(world, 2), idle(world, 58_000)])
    const script = [
      calls('quote A', 'quote B', 'quote C'),
      calls('quote D'),
      calls('idle X'),
      calls('quote E', 'quote F', 'quote G'),
      say('x'),
    ]
    await world.run(agent, world.model(...script))
    expect(world.requests.filter(({ name }) => name === 'quote').map(({ call }) => call)).toEqual([
      't1.c0',
      't1.c1',
      't4.c0',
      't4.c1',
    ])
    expect(await admitted(world)).toEqual(['t1.c0', 't1.c1', 't4.c0', 't4.c1'])
    const [refused] = await world.logged('call-rejected')
    expect(refused).toMatchObject({ call: 't1.c2', error: { class: 'rate-limited', afterMs: 59_991 } })
  })

  it('seed-48: 0 admits none, at once and with nothing to wait for', async () => {
    const world = new World()
    await world.run(agentWith([quotes(world, 0)]), world.model(calls('quote A'), say('x')))
    expect(world.requests).toEqual([])
    expect((await world.logged('call-rejected'))[0]?.error).toEqual({
      class: 'rate-limited',
      text: 'quote was called too often: it admits none',
      retryable: false,
    })
    expect(() => defineTool({ ...world.tool('x'), rateLimitPerMinute: -1 } as never)).toThrow('rateLimitPerMinute')
  })

  it('seed-48: retries of an admitted call are not counted again', async () => {
    const world = new World()
    const tool = bounded(world.tool('quote', { answer: (attempt) => (attempt < 3 ? later() : 100) }), {
      rateLimitPerMinute: 1,
    })
    await world.run(agentWith([tool]), world.model(calls('quote A'), say('x')))
    expect(world.requests).toHaveLength(3)
    expect(await admitted(world)).toEqual(['t1.c0'])
  })

  it('seed-48: survive a crash at any operation and the tool being defined anew', async () => {
    const script = [calls('quote A', 'quote B', 'quote C'), say('x')]
    const still = new World()
    await still.run(agentWith([quotes(still, 2)]), still.model(...script))
    for (let at = 1; at <= still.operations; at++) {
      for (const how of ['crash-before', 'crash-after'] as const) {
        const world = new World()
        world.fault = { at, how }
        const model = world.model(...script)
        let result = await world.run(agentWith([quotes(world, 2)]), model)
        if (result === 'dead') result = await world.run(agentWith([quotes(world, 2)]), model)
        expect({ at, how, status: (result as { status: string }).status }).toEqual({ at, how, status: 'completed' })
        expect({ at, how, admitted: await admitted(world) }).toEqual({ at, how, admitted: ['t1.c0', 't1.c1'] })
        expect(world.effects).toHaveLength(2)
      }
    }
  })

  it('seed-72: no more calls of a batch run at once than declared, in call order', async () => {
    const world = new World()
    let running = 0
    let most = 0
    const tool = world.tool('quote')
    const counted = bounded(tool, {
      execute: async (input: any, context: any) => {
        running++
        most = Math.max(most, running)
        return tool.execute(input, context).finally(() => running--)
      },
    })
    const batch = calls(...['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((id) => `quote ${id}`))
    await world.run(agentWith([counted], { limits: { inFlight: 3 } }), world.model(batch, say('x')))
    expect(most).toBe(3)
    expect(world.requests.map(({ call }) => call)).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `t1.c${index}`))
  })
})

describe('budgets', () => {
  const spending = (world: World, budget: NonNullable<Options['budget']>) =>
    agentWith([world.tool('quote')], { budget, limits: { turns: 40 } })
  const types = (log: readonly LogEvent[]) => log.map(({ type }) => type)

  it('seed-7: the most a call may cost is set aside before it, and what it cost is charged after it', async () => {
    const world = new World()
    const price = { input: 2_000_000, output: 4_000_000 }
    const budget = { tokens: 5_000, cost: 50_000, price, outputTokens: 1_000 }
    const result = await world.run(spending(world, budget), world.model(calls('quote A'), say('done')))
    expect(result).toMatchObject({ status: 'completed' })
    const [first, second] = await world.logged('budget-reserved')
    expect(first?.tokens).toBe((first?.prompt ?? 0) + 1_000)
    expect(first?.cost).toBe((first?.prompt ?? 0) * 2 + 4_000)
    expect(second?.prompt).toBeGreaterThan(10)
    expect(await world.logged('budget-charged')).toMatchObject([
      { turn: 1, tokens: 15, cost: 40, prompt: 10 },
      { turn: 2, tokens: 15, cost: 40 },
    ])
    const order = types(await world.log())
    expect(order.indexOf('budget-reserved')).toBeLessThan(order.indexOf('model-call-start'))
  })

  it('seed-7: a run that cannot afford its next call ends with that reason, before the call', async () => {
    const world = new World()
    const result = await world.run(
      spending(world, { tokens: 1_300, outputTokens: 1_000 }),
      world.model(...Array.from({ length: 39 }, (_, turn) => calls(`quote ${turn}`))),
    )
    expect(result).toMatchObject({ status: 'failed', reason: 'budget-exhausted' })
    expect(world.prompts.length).toBeGreaterThan(0)
    const charged = (await world.logged('budget-charged')).reduce((sum, { tokens }) => sum + tokens, 0)
    expect(charged).toBe(world.prompts.length * 15)
    expect(charged).toBeLessThanOrEqual(1_300)
  })

  it('seed-7: 0 means none, and a budget that cannot be read is refused', async () => {
    for (const budget of [{ tokens: 0 }, { cost: 0 }]) {
      const world = new World()
      expect(await world.run(spending(world, budget), world.model(say('x')))).toMatchObject({
        reason: 'budget-exhausted',
      })
      expect(world.prompts).toEqual([])
    }
    const garbage = [
      { tokens: Number.NaN },
      { tokens: '9' as never },
      { cost: Number.POSITIVE_INFINITY },
      { price: { input: -1, output: 0 } },
    ]
    for (const budget of garbage) expect(() => agentWith([], { budget })).toThrow('budget.')
    expect(() => agentWith([], { budget: { pool: { name: 'all', tokens: 5 } } })).toThrow('budget.tokens')
  })

  it('seed-7: a call that nobody saw the end of is charged all that was set aside for it', async () => {
    const world = new World()
    const agent = spending(world, { tokens: 50_000, outputTokens: 1_000 })
    const model = world.model(say('done'))
    world.fault = { at: 4, how: 'crash-after' }
    expect(await world.run(agent, model)).toBe('dead')
    expect(await world.run(agent, model)).toMatchObject({ status: 'completed' })
    const reserved = await world.logged('budget-reserved')
    const charged = await world.logged('budget-charged')
    expect(charged[0]?.tokens).toBe(reserved[0]?.tokens)
    expect(charged[1]?.tokens).toBe(15)
  })

  it('what an answer may be long is told to the model', async () => {
    const world = new World()
    const seen: (number | undefined)[] = []
    const model = world.model((request) => {
      seen.push(request.maxOutputTokens)
      return say('x')
    })
    await world.run(spending(world, { outputTokens: 700 }), model)
    await world.run(agentWith([]), model, 's2')
    expect(seen).toEqual([700, undefined])
  })
})
