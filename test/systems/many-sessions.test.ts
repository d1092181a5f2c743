/** Many sessions and several instances in one virtual world: what they share, and how they get in each other's way. */

import { describe, expect, it } from 'vitest'
import { type Agent, defineAgent } from '../../src/agent/agent.js'
import { type RunResult, runSession } from '../../src/agent/run-session.js'
import type { AnyTool } from '../../src/agent/tool.js'
import { laneOrder } from '../../src/check/invariant/lane-order.js'
import { watcher } from '../../src/check/watch.js'
import { hash32 } from '../../src/core/digest.js'
import type { AnyEvent, LogEvents } from '../../src/core/event.js'
import type { Model, ModelRequest } from '../../src/core/model.js'
import { ToolFailure } from '../../src/core/tool.js'
import { newBeforeResuming } from '../../src/mutant/lanes.js'
import { laned, nextInLane } from '../../src/resilience/lanes.js'
import { meter, meteredModel } from '../../src/sim/metered-model.js'
import { calls, type OperationFault, say, World } from '../unit/agent/small-world.js'

type Options = Omit<Parameters<typeof defineAgent>[0], 'name' | 'instructions' | 'tools'>

const agentWith = (tools: readonly AnyTool[], options: Options = {}): Agent<any> =>
  defineAgent({ name: 'shop', instructions: 'be good', ...options, tools })

/** Starts a session of its own chance in a world; its promise needs the world to go on. */
const start = (world: World, session: string, agent: Agent<any>, model: Model): Promise<RunResult> =>
  runSession(
    agent,
    { session, prompt: 'go' },
    {
      clock: world.clock(),
      random: { below: (label, bound) => hash32(`${session} ${label}`) % bound },
      store: world.storePort(),
      model,
    },
  )

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `s${index}`)

const logged = async <K extends keyof LogEvents>(world: World, session: string, type: K): Promise<LogEvents[K][]> =>
  (await world.log(session)).filter((event) => event.type === type) as unknown as LogEvents[K][]

it('seed-100: 50 sessions that fail in one instant do not come back in one', async () => {
  const spread = async (jitterMs: number): Promise<number> => {
    const world = new World()
    const tool = world.tool('charge', { answer: (attempt) => (attempt === 1 ? new ToolFailure('away') : 100) })
    const agent = agentWith([tool], { retry: { jitterMs } })
    await world.settle(
      Promise.all(names(50).map((name) => start(world, name, agent, world.model(calls('charge A'), say('x'))))),
    )
    const second = world.requests.filter(({ attempt }) => attempt === 2).map(({ at }) => at)
    expect(second).toHaveLength(50)
    return new Set(second).size
  }
  expect(await spread(500)).toBeGreaterThanOrEqual(35)
  expect(await spread(0)).toBe(1)
})

describe('seed-112: three instances share a breaker', () => {
  const options: Options = {
    breaker: { shared: true, failures: 3, resetMs: 30_000 },
    retry: { attempts: 1 },
    limits: { turns: 30 },
  }
  const script = [...Array.from({ length: 12 }, (_, turn) => calls(`charge ${turn}`)), say('x')]

  async function three(world: World, until: number) {
    const tool = world.tool('charge', { answer: () => (world.now < until ? new ToolFailure('away') : 100) })
    const agent = agentWith([tool], options)
    await world.settle(Promise.all(names(3).map((name) => start(world, name, agent, world.model(...script)))))
    const moves = (await Promise.all(names(3).map((name) => logged(world, name, 'breaker-moved')))).flat()
    return { moves: moves.sort((a, b) => a.at - b.at), at: world.requests.map(({ at }) => at) }
  }

  it('once one of them has opened it none of them calls the service, beyond the drift of one look at the store', async () => {
    const { moves, at } = await three(new World(), Number.POSITIVE_INFINITY)
    expect(moves[0]).toMatchObject({ from: 'closed', to: 'open', failures: 3 })
    const openedAt = moves[0]!.at
    const driftMs = Math.max(0, ...at.filter((one) => one < openedAt + 29_000).map((one) => one - openedAt))
    expect(driftMs).toBeLessThanOrEqual(20)
    expect(at.filter((one) => one <= openedAt + 20).length).toBeLessThanOrEqual(5)
    expect(at.filter((one) => one > openedAt + 20 && one < openedAt + 30_000)).toEqual([])
  })

  it('one of them probes, and its success lets all of them in again', async () => {
    const world = new World()
    const agent = agentWith(
      [world.tool('charge', { answer: () => (world.now < 5_000 ? new ToolFailure('away') : 100) })],
      options,
    )
    const pause = (ms: number) => world.wait(ms)
    const first = names(3).map((name) => start(world, name, agent, world.model(...script.slice(0, 4), say('x'))))
    await world.settle(Promise.all(first))
    await world.settle(pause(40_000))
    const before = world.requests.length
    const late = ['p0', 'p1', 'p2'].map((name) => start(world, name, agent, world.model(calls('charge A'), say('x'))))
    await world.settle(Promise.all(late))
    expect(world.requests.length - before).toBe(1)
    const next = ['q0', 'q1', 'q2'].map((name) => start(world, name, agent, world.model(calls('charge A'), say('x'))))
    await world.settle(Promise.all(next))
    expect(world.requests.length - before).toBe(4)
  })

  it('a probe that died with its instance does not keep the others out', async () => {
    const world = new World()
    const failing = agentWith([world.tool('charge', { answer: () => new ToolFailure('away') })], options)
    await world.settle(start(world, 'a', failing, world.model(...script.slice(0, 4), say('x'))))
    await world.settle(world.wait(31_000))
    const hanging = agentWith([world.tool('charge', { answer: () => 25_000 })], options)
    void start(world, 'dies', hanging, world.model(calls('charge A'), say('x')))
    const asked = world.requests.length
    while (world.requests.length === asked) {
      await new Promise((resolve) => setImmediate(resolve))
      world.step()
    }
    world.crash()
    const healthy = agentWith([world.tool('charge')], options)
    const soon = await world.settle(start(world, 'b', healthy, world.model(calls('charge B'), say('x'))))
    expect(soon).toMatchObject({ status: 'completed' })
    expect(world.requests.length).toBe(asked + 1)
    await world.settle(world.wait(41_000))
    await world.settle(start(world, 'c', healthy, world.model(calls('charge C'), say('x'))))
    expect(world.requests.length).toBe(asked + 2)
    expect((await logged(world, 'c', 'breaker-moved')).map(({ to }) => to)).toEqual(['closed'])
  })

  it.each<OperationFault>(['crash-before', 'crash-after', 'lost-before', 'lost-after'])(
    'a %s at any operation counts no failure twice and opens it neither early nor late',
    async (how) => {
      const attempt = async (fault: World['fault']) => {
        const world = new World()
        world.fault = fault
        const again = { ...options, retry: { attempts: 3 } }
        const agent = () => agentWith([world.tool('charge', { answer: () => new ToolFailure('away') })], again)
        const model = world.model(calls('charge A'), calls('charge B'), say('x'))
        let result = await world.run(agent(), model)
        if (result === 'dead') result = await world.run(agent(), model)
        const { value } = await world.store.cell('breaker/tool/charge').read()
        return { value, requests: world.requests.length, operations: world.operations }
      }
      const calm = await attempt(undefined)
      expect(calm.requests).toBe(3)
      for (let at = 1; at <= calm.operations; at++) {
        const { value, requests } = await attempt({ at, how })
        expect({ at, value }).toMatchObject({ at, value: { kind: 'open', failures: 3 } })
        // An attempt that died before its request counts as one of unknown outcome.
        expect({ at, requests: requests + (how.startsWith('crash') && requests === 2 ? 1 : 0) }).toEqual({
          at,
          requests: 3,
        })
      }
    },
  )
})

describe('seed-48: a rate limit that all sessions of an agent share', () => {
  it('admits its number among all of them in any minute, and refused calls consume nothing', async () => {
    const world = new World()
    const quote = { ...world.tool('quote'), rateLimitPerMinute: { calls: 4, shared: true } } as AnyTool
    const agent = agentWith([quote])
    const burst = (prefix: string) =>
      names(6).map((name) => start(world, `${prefix}${name}`, agent, world.model(calls('quote A'), say('x'))))
    await world.settle(Promise.all(burst('first-')))
    expect(world.requests).toHaveLength(4)
    await world.settle(world.wait(61_000))
    await world.settle(Promise.all(burst('second-')))
    expect(world.requests).toHaveLength(8)
  })

  it.each<OperationFault>(['crash-before', 'crash-after', 'lost-before', 'lost-after'])(
    'a %s at any operation admits a call once',
    async (how) => {
      const script = [calls('quote A', 'quote B', 'quote C'), say('x')]
      const attempt = async (fault: World['fault']) => {
        const world = new World()
        world.fault = fault
        const agent = () =>
          agentWith([{ ...world.tool('quote'), rateLimitPerMinute: { calls: 2, shared: true } } as AnyTool])
        const model = world.model(...script)
        let result = await world.run(agent(), model)
        if (result === 'dead') result = await world.run(agent(), model)
        const { value } = await world.store.cell('rate/shop/quote').read()
        return { operations: world.operations, effects: world.effects.length, admitted: (value as unknown[]).length }
      }
      const calm = await attempt(undefined)
      expect(calm).toMatchObject({ effects: 2, admitted: 2 })
      for (let at = 1; at <= calm.operations; at++) {
        expect({ at, ...(await attempt({ at, how })) }).toMatchObject({ at, effects: 2, admitted: 2 })
      }
    },
  )
})

describe('seed-202: a budget that all sessions share', () => {
  const budget = { tokens: 1_500, outputTokens: 300, pool: { name: 'all', tokens: 6_000 } }
  const pool = async (world: World) => (await world.store.cell('budget/all').read()).value

  it('refuses new sessions while those under way hold it, and admits them again when they have settled', async () => {
    const world = new World()
    const agent = agentWith([world.tool('quote')], { budget })
    const model = () => world.model(calls('quote A'), say('x'))
    const results = await world.settle(Promise.all(names(9).map((name) => start(world, name, agent, model()))))
    const reasons = (results as RunResult[]).map(({ reason }) => reason)
    expect(reasons.filter((reason) => reason === 'stop')).toHaveLength(4)
    expect(reasons.filter((reason) => reason === 'budget-exhausted')).toHaveLength(5)
    expect(world.prompts).toHaveLength(8)
    expect(await pool(world)).toEqual({ spent: 8 * 15, open: [] })
    expect(await world.settle(start(world, 'later', agent, model()))).toMatchObject({ status: 'completed' })
  })

  it('is closed when its cell holds garbage', async () => {
    const world = new World()
    await world.store.cell('budget/all').write(0, 'plenty')
    const agent = agentWith([], { budget })
    expect(await world.run(agent, world.model(say('x')))).toMatchObject({
      status: 'failed',
      reason: 'budget-exhausted',
    })
  })

  it.each<OperationFault>(['crash-before', 'crash-after', 'lost-before', 'lost-after'])(
    'a %s at any operation neither leaks what was set aside nor settles twice',
    async (how) => {
      const script = [calls('quote A'), say('x')]
      for (let at = 1; at <= 14; at++) {
        const world = new World()
        world.fault = { at, how }
        const agent = () => agentWith([world.tool('quote')], { budget })
        const model = world.model(...script)
        let result = await world.run(agent(), model)
        if (result === 'dead') result = await world.run(agent(), model)
        expect({ at, result }).toMatchObject({ at, result: { status: 'completed' } })
        const charged = (await world.logged('budget-charged')).reduce((sum, { tokens }) => sum + tokens, 0)
        expect({ at, pool: await pool(world) }).toEqual({ at, pool: { spent: charged, open: [] } })
      }
    },
  )
})

describe('seed-201: 100 sessions of 5,000 tokens a call before one provider', () => {
  const tokensPerCall = 5_000
  const budget = { outputTokens: tokensPerCall }
  const limits = { timeMs: 3_600_000 }

  it('need 10 million tokens a minute at a call every 3 s, not 100 thousand', () => {
    const callsPerMinute = 60 / 3
    expect(100 * tokensPerCall * callsPerMinute).toBe(10_000_000)
  })

  async function hundred(withLanes: boolean, next = nextInLane) {
    const world = new World()
    const buckets = meter({ tokens: 1_000_000, requests: 500 }, world.clock())
    let lowest = Number.POSITIVE_INFINITY
    let refused = 0
    const script = [calls('quote A'), calls('quote B'), say('done')]
    const provider = meteredModel(world.model(...script), buckets, () => tokensPerCall)
    const observed: Model = {
      '~model': true,
      answer: async (request: ModelRequest) => {
        try {
          const answer = provider.answer(request)
          lowest = Math.min(lowest, buckets.tokens.level, buckets.requests.level)
          return await answer
        } catch (error) {
          refused++
          throw error
        }
      },
    }
    const watch = watcher([laneOrder]).begin({ lanes: { ageMs: 30_000 }, tools: [] } as never)
    let seq = 0
    const observe: Parameters<typeof laned>[3] = (what, request, way) => {
      const type = what === 'joined' ? 'lane-joined' : 'lane-left'
      watch.feed({
        type,
        request,
        way,
        served: what === 'left',
        lane: 'run',
        seq: seq++,
        vt: world.now,
      } as unknown as AnyEvent)
    }
    const policy = { inFlight: 40, tokensPerMinute: 1_000_000, requestsPerMinute: 500 }
    const model = withLanes ? laned(observed, policy, world.clock(), observe, next) : observed
    const agent = agentWith([world.tool('quote')], { budget, limits })
    const results = await world.settle(Promise.all(names(100).map((name) => start(world, name, agent, model))))
    watch.rest(false)
    const [lanes] = watch.verdicts()
    const lost = (results as RunResult[]).filter(({ status }) => status !== 'completed').length
    return { lost, lowest, refused, lanes, asked: world.prompts.length }
  }

  it('with lanes lose no session, never overdraw a bucket, are never refused, and let sessions under way go first', async () => {
    const { lost, lowest, refused, lanes, asked } = await hundred(true)
    expect({ lost, refused, asked }).toEqual({ lost: 0, refused: 0, asked: 300 })
    expect(lowest).toBeGreaterThanOrEqual(0)
    expect(lanes).toMatchObject({ invariant: 'lane-order', verdict: 'valid' })
    expect(lanes?.arose).toBeGreaterThan(10)
  })

  it('in a queue that is first in, first out (new-before-resuming) break lane-order, with a witness', async () => {
    const { lanes } = await hundred(true, newBeforeResuming)
    expect(lanes).toMatchObject({ invariant: 'lane-order', verdict: 'invalid', violation: { clause: 'a' } })
    expect(lanes?.violation?.witness).toHaveLength(2)
  })

  it('without lanes are refused with 429, wait as long as they are told, and never overdraw it either', async () => {
    const { lowest, refused } = await hundred(false)
    expect(refused).toBeGreaterThan(0)
    expect(lowest).toBeGreaterThanOrEqual(0)
  })
})
