/** A session: what its log knows of every call, and how it goes on after it was interrupted anywhere. */

import { describe, expect, it } from 'vitest'
import type { LogEvent } from '../../src/core/event.js'
import { ModelError } from '../../src/core/model.js'
import { StoreError } from '../../src/core/store.js'
import { propose, shopTool } from '../unit/agent/shop-tools.js'
import { agentOf, calls, say, World } from '../unit/agent/small-world.js'

import { script, shop } from './small-shop.js'

describe('what the log knows', () => {
  it('seed-30, seed-31: a call goes from pending over executing to completed or failed, in every storm of faults', async () => {
    const order: Record<string, string[]> = {
      '': ['pending'],
      pending: ['executing', 'failed'],
      executing: ['executing', 'ended'],
      ended: ['executing', 'completed', 'failed'],
    }
    for (const how of ['crash-before', 'crash-after', 'lost-before', 'lost-after'] as const) {
      for (let at = 1; at < 26; at += 2) {
        const world = new World()
        world.fault = { at, how }
        for (let tries = 0; tries < 3 && (await world.run(shop(world), world.model(...script))) === 'dead'; tries++);
        const status = new Map<string, string>()
        const move = (call: string, to: string): void => {
          expect(order[status.get(call) ?? '']).toContain(to)
          status.set(call, to)
        }
        for (const event of await world.log()) {
          if (event.type === 'batch-open') for (const { call } of event.calls) move(call, 'pending')
          if (event.type === 'attempt-start') move(event.call, 'executing')
          if (event.type === 'attempt-end') move(event.call, 'ended')
          if (event.type === 'call-rejected') move(event.call, 'failed')
          if (event.type === 'call-settled') move(event.call, event.outcome === 'ok' ? 'completed' : 'failed')
        }
        expect([...status.values()].every((last) => last === 'completed' || last === 'failed')).toBe(true)
      }
    }
  })

  it('seed-30, seed-54, seed-56: every request that reached the world has its attempt in the log: who, what, when, with what result', async () => {
    for (let at = 1; at < 26; at++) {
      const world = new World()
      world.fault = { at, how: at % 2 ? 'crash-after' : 'lost-after' }
      const agent = agentOf([world.tool('charge'), world.tool('book')])
      const model = world.model(calls('charge A', 'book B'), calls('book C'), say('done'))
      for (let tries = 0; tries < 3 && (await world.run(agent, model)) === 'dead'; tries++);
      const [start] = await world.logged('run-start')
      expect(start).toMatchObject({ agent: 'shop', session: 's1' })
      const [attempts, opened, settled] = [
        await world.logged('attempt-start'),
        await world.logged('batch-open'),
        await world.logged('call-settled'),
      ]
      const audit = attempts.map(({ call, attempt, key }) => `${call}/${attempt} ${key}`)
      for (const { call, attempt, key } of world.requests) expect(audit).toContain(`${call}/${attempt} ${key}`)
      for (const attempt of attempts) expect(attempt).toMatchObject({ at: expect.any(Number) })
      for (const { call, tool } of attempts) {
        expect(opened.flatMap(({ calls }) => calls).find((intent) => intent.call === call)).toMatchObject({
          tool,
          args: { id: expect.any(String) },
        })
        expect(settled.find((event) => event.call === call)).toMatchObject({
          tool,
          outcome: 'ok',
          value: { done: expect.any(String) },
        })
      }
    }
  })

  it('seed-58: effects are declared: an irreversible tool cannot have a compensation, and no retry of doubt without a key', async () => {
    const world = new World()
    expect(() =>
      shopTool(world, [], 'wipe', { effect: 'irreversible' as never, compensate: async () => null } as never),
    ).toThrow('cannot be compensated')
    const wipe = shopTool(world, [], 'wipe', { effect: 'irreversible' as never, idempotency: 'none', takes: 40_000 })
    await world.run(agentOf([wipe]), world.model(propose(['wipe', { id: 'A' }]), say('done')))
    expect(await world.logged('attempt-start')).toHaveLength(1)
    expect((await world.logged('batch-open'))[0]?.calls[0]?.effect).toBe('irreversible')
  })
})

describe('a session over crashes', () => {
  it('seed-77, seed-78, seed-79, seed-80, seed-81, seed-82, seed-94, seed-95: dying after any operation loses nothing and does nothing twice', async () => {
    const calm = new World()
    const expected = await calm.run(shop(calm), calm.model(...script))
    const total = calm.operations
    expect(total).toBeGreaterThan(15)
    for (let at = 1; at <= total; at++) {
      const world = new World()
      world.fault = { at, how: 'crash-after' }
      let before: readonly LogEvent[] = []
      let result = await world.run(shop(world), world.model(...script))
      if (result === 'dead') {
        before = await world.log()
        result = await world.run(shop(world), world.model(...script))
      }
      const log = await world.log()
      expect({ at, result }).toEqual({ at, result: expected })
      expect(log.slice(0, before.length)).toEqual(before)
      expect(world.effects.map(({ key }) => key).sort()).toEqual(['s1/t1.c1', 's1/t2.c0'])
      const asked = log
        .filter((event) => event.type === 'model-call-start')
        .map(({ turn, attempt }) => `${turn}/${attempt}`)
      expect(new Set(asked).size).toBe(asked.length)
      const settledBefore = new Set(before.filter((event) => event.type === 'call-settled').map(({ call }) => call))
      const answeredBefore = before
        .filter((event) => event.type === 'model-call-end' && event.outcome === 'ok')
        .map((event) => event.type === 'model-call-end' && event.turn)
      for (const event of log.slice(before.length)) {
        if (event.type === 'attempt-start') expect(settledBefore).not.toContain(event.call)
        if (event.type === 'model-call-start') expect(answeredBefore).not.toContain(event.turn)
      }
    }
  })

  it('seed-95: an intent without a result is in doubt: tried again under its key, or told as unknown when there is no key', async () => {
    for (const idempotency of ['keyed', 'natural', 'none'] as const) {
      const world = new World()
      const build = () => agentOf([world.tool('charge', { idempotency, answer: () => 5_000 })])
      const model = world.model(calls('charge A'), say('done'))
      const first = world.run(build(), model)
      while (world.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
      world.crash()
      expect(await first).toBe('dead')
      const result = await world.run(build(), model)
      const outcome = (await world.logged('call-settled'))[0]?.outcome
      expect(outcome).toBe(idempotency === 'none' ? 'unknown' : 'ok')
      expect(result).toMatchObject({ status: idempotency === 'none' ? 'needs-intervention' : 'completed' })
      expect(new Set(world.requests.map(({ key }) => key)).size).toBe(1)
    }
  })

  it('seed-90: a store that is away is not an absent session: nothing starts a second time', async () => {
    const world = new World()
    await world.run(shop(world), world.model(...script))
    const effects = world.effects.length
    const store = world.storePort()
    world.storePort = () => ({ ...store, open: () => Promise.reject(new StoreError('read timed out', 'unknown')) })
    await expect(world.run(shop(world), world.model(...script))).rejects.toThrow('read timed out')
    expect(world.effects).toHaveLength(effects)
    const fresh = new World()
    expect(await fresh.run(shop(fresh), fresh.model(say('hello')))).toMatchObject({ status: 'completed' })
    expect((await fresh.log())[0]?.type).toBe('run-start')
  })

  it('a log of a later version is refused, not guessed at', async () => {
    const world = new World()
    const loaded = await world.store.open('s1')
    await world.store.append('s1', { version: 0, epoch: loaded.epoch }, [{ type: 'run-teleported' } as never])
    await expect(world.run(shop(world), world.model(say('hello')))).rejects.toThrow('does not know: run-teleported')
  })

  it('seed-91: a wait that the log ordered is waited out once, also when the clock starts anew', async () => {
    const world = new World()
    const busy = () => {
      throw new ModelError({ class: 'rate-limited', text: 'busy', retryable: true, afterMs: 20_000 })
    }
    const model = world.model((request) => (request.attempt === 1 ? busy() : say('done')))
    const first = world.run(shop(world), model)
    while ((await world.logged('retry-scheduled')).length === 0) await new Promise((resolve) => setImmediate(resolve))
    world.crash()
    expect(await first).toBe('dead')
    world.now = 50
    expect(await world.run(shop(world), model)).toMatchObject({ status: 'completed' })
    expect(world.now).toBeGreaterThanOrEqual(20_000)
    expect(world.now).toBeLessThan(24_000)
  })
})
