/** Breakers of the runtime, one session at a time, in virtual time. */

import { describe, expect, it } from 'vitest'
import type { AnyTool } from '../../src/agent/tool.js'
import { calls, say, World } from '../unit/agent/small-world.js'
import { agentWith, bounded, contents, idle, later, never } from './bounded-shop.js'

describe('breakers', () => {
  const away = (world: World, until: number): AnyTool =>
    world.tool('charge', { answer: () => (world.now < until ? later() : 100) })

  it('seed-106, seed-107, seed-109: the third failed attempt in a row opens it: no request, no wait, and a text that says so', async () => {
    const world = new World()
    const agent = agentWith([away(world, 9e9)], { retry: { attempts: 5 } })
    await world.run(agent, world.model(calls('charge A'), calls('charge B'), say('x')))
    expect(world.requests).toHaveLength(3)
    const [first, second] = await contents(world)
    expect(`${first}\n${second}`).toMatch(/Circuit open . service unavailable \(resets in \d+s\)/)
    const [move] = await world.logged('breaker-moved')
    expect(move).toMatchObject({ from: 'closed', to: 'open', failures: 3 })
  })

  it('seed-106: a success in between starts the count again', async () => {
    const world = new World()
    const answers = [later(), later(), 100, later(), later(), 100]
    const agent = agentWith([world.tool('charge', { answer: () => answers.shift() ?? 100 })])
    await world.run(agent, world.model(calls('charge A'), calls('charge B'), say('done')))
    expect(world.requests).toHaveLength(6)
    expect(await world.logged('breaker-moved')).toEqual([])
  })

  it('seed-108: it refuses before its time is up, lets one probe through after that, and closes when it succeeds', async () => {
    for (const [pauseMs, expected] of [
      [26_000, ['open']],
      [31_000, ['open', 'half-open', 'closed']],
    ] as const) {
      const world = new World()
      const agent = agentWith([away(world, 10_000), idle(world, pauseMs)], { retry: { attempts: 3 } })
      const script = [calls('charge A'), calls('idle X'), calls('charge B', 'charge C'), say('x')]
      await world.run(agent, world.model(...script))
      expect((await world.logged('breaker-moved')).map(({ to }) => to)).toEqual(expected)
      const probes = world.requests.filter(({ call, name }) => name === 'charge' && call.startsWith('t3'))
      expect(probes.length).toBe(expected.length === 1 ? 0 : 1)
    }
  })

  it('seed-108: a probe that fails opens it again', async () => {
    const world = new World()
    const agent = agentWith([away(world, 9e9), idle(world, 31_000)])
    await world.run(agent, world.model(calls('charge A'), calls('idle X'), calls('charge B'), say('x')))
    expect((await world.logged('breaker-moved')).map(({ to }) => to)).toEqual(['open', 'half-open', 'open'])
  })

  it('seed-110: tools of one dependency share it, and others do not', async () => {
    const world = new World()
    const tools = [
      bounded(world.tool('pay', { answer: () => later() }), { dependency: 'bank' }),
      bounded(world.tool('refund'), { dependency: 'bank' }),
      world.tool('mail'),
    ]
    await world.run(agentWith(tools), world.model(calls('pay A'), calls('refund B', 'mail C'), say('x')))
    expect(world.requests.map(({ name }) => name)).toEqual(['pay', 'pay', 'pay', 'mail'])
    expect(await world.logged('breaker-moved')).toMatchObject([{ key: 'dependency/bank', to: 'open' }])
  })

  it('seed-111: arguments and refusals say nothing about the service', async () => {
    const world = new World()
    const answers = [later(), later(), never(), never(), later()]
    const agent = agentWith([world.tool('charge', { answer: () => answers.shift() ?? 100 })], {
      retry: { attempts: 1 },
    })
    const bad = { ...calls('charge A'), calls: [{ id: 'p', tool: 'charge', arguments: '{"id":7}' }] }
    const script = [calls('charge A', 'charge B'), bad, calls('charge C', 'charge D'), calls('charge E'), say('x')]
    await world.run(agent, world.model(...script))
    expect(world.requests.map(({ call }) => call)).toEqual(['t1.c0', 't1.c1', 't3.c0', 't3.c1', 't4.c0'])
    expect((await world.logged('breaker-moved')).map(({ to }) => to)).toEqual(['open'])
  })

  it('counts calls instead of attempts where it is told to', async () => {
    const world = new World()
    const agent = agentWith([away(world, 9e9)], { breaker: { failures: 2, countUnit: 'call' } })
    const script = [calls('charge A'), calls('charge B'), calls('charge C'), say('x')]
    await world.run(agent, world.model(...script))
    expect(world.requests).toHaveLength(6)
    expect(await world.logged('breaker-moved')).toMatchObject([{ to: 'open', failures: 2 }])
  })
})
