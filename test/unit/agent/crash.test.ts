import { describe, expect, it } from 'vitest'
import type { Agent } from '../../../src/agent/agent.js'
import type { RunResult } from '../../../src/agent/run-session.js'
import type { LogEvent } from '../../../src/core/event.js'
import { StoreError } from '../../../src/core/store.js'
import { shopTool } from './shop-tools.js'
import { agentOf, calls, type OperationFault, say, World } from './small-world.js'

const order = [calls('charge A', 'reserve B'), calls('reserve C', 'look D'), say('done')]

function shop(world: World, saga: boolean): Agent<any> {
  return agentOf(
    [
      world.tool('charge', { isUndoable: true }),
      world.tool('reserve', { isUndoable: true, answer: () => 300 }),
      world.tool('look', { effect: 'irreversible' }),
    ],
    { saga },
  )
}

const effectsOf = (world: World): string[] => world.effects.map(({ name, key }) => `${name} ${key}`).sort()

async function runThrough(
  world: World,
  saga: boolean,
  second?: { at: number; how: OperationFault },
): Promise<RunResult> {
  for (let incarnation = 1; incarnation < 10; incarnation++) {
    const result = await world.run(shop(world, saga), world.model(...order))
    if (result !== 'dead') return result
    if (incarnation === 1 && second) world.fault = { at: world.operations + second.at, how: second.how }
  }
  throw new Error('the run never ended')
}

/** Appended events that no other incarnation may change. */
const conversation = (log: readonly LogEvent[]): unknown =>
  log.filter((event) => event.type === 'batch-commit').map((event) => event.results)

async function calm(saga: boolean) {
  const world = new World()
  const result = await runThrough(world, saga)
  const { operations } = world
  return { result, operations, effects: effectsOf(world), conversation: conversation(await world.log()) }
}

describe.each([true, false])('with saga %s', (saga) => {
  it.each<OperationFault>(['crash-before', 'crash-after'])(
    'a %s at any operation, followed by a resume, gives the same effects and the same conversation',
    async (how) => {
      const expected = await calm(saga)
      expect(expected.operations).toBeGreaterThan(20)
      for (let at = 1; at <= expected.operations; at++) {
        const world = new World()
        world.fault = { at, how }
        const result = await runThrough(world, saga)
        expect({ at, result }).toEqual({ at, result: expected.result })
        expect({ at, effects: effectsOf(world) }).toEqual({ at, effects: expected.effects })
        expect({ at, said: conversation(await world.log()) }).toEqual({ at, said: expected.conversation })
        expect(startsOfSettled(await world.log())).toEqual([])
      }
    },
  )

  it.each<OperationFault>(['lost-before', 'lost-after'])(
    'a %s at any operation changes neither effects nor conversation',
    async (how) => {
      const expected = await calm(saga)
      for (let at = 1; at <= expected.operations; at++) {
        const world = new World()
        world.fault = { at, how }
        const result = await runThrough(world, saga)
        const types = (await world.log()).map((event) => event.type)
        expect(types.filter((type) => type === 'run-end')).toHaveLength(1)
        expect({ at, result }).toEqual({ at, result: expected.result })
        expect({ at, effects: effectsOf(world) }).toEqual({ at, effects: expected.effects })
        expect({ at, said: conversation(await world.log()) }).toEqual({ at, said: expected.conversation })
      }
    },
  )
})

it('survives a second crash at any operation after the first resume', async () => {
  const expected = await calm(true)
  for (let first = 3; first <= expected.operations; first += 4) {
    for (let second = 1; second <= expected.operations; second += 2) {
      const world = new World()
      world.fault = { at: first, how: 'crash-after' }
      const result = await runThrough(world, true, { at: second, how: 'crash-before' })
      expect({ first, second, status: result.status }).toEqual({ first, second, status: 'completed' })
      expect(effectsOf(world)).toEqual(expected.effects)
    }
  }
})

it('resumes an aborted saga where it was, whatever operation it died at', async () => {
  const build = (world: World): Agent<any> =>
    agentOf(
      [
        world.tool('charge', { isUndoable: true }),
        world.tool('reserve', { isUndoable: true, answer: () => new Error('connection lost') }),
      ],
      { saga: true },
    )
  const script = [calls('charge A'), calls('reserve B'), say('never said')]
  const still = new World()
  await still.run(build(still), still.model(...script))
  for (let at = 1; at <= still.operations; at++) {
    for (const how of ['crash-before', 'crash-after'] as const) {
      const world = new World()
      world.fault = { at, how }
      let result = await world.run(build(world), world.model(...script))
      if (result === 'dead') result = await world.run(build(world), world.model(...script))
      expect({ at, how, result }).toMatchObject({ result: { status: 'failed', reason: 'saga-compensated' } })
      const undone = effectsOf(world).filter((effect) => effect.startsWith('undo'))
      expect({ at, how, undone }).toEqual({
        at,
        how,
        undone: ['undo-charge s1/t1.c0/undo', 'undo-reserve s1/t2.c0/undo'],
      })
    }
  }
})

it('seed-65: an overtaken run stops: it writes nothing more and leaves nothing waiting', async () => {
  const world = new World()
  const agent = agentOf([world.tool('charge', { answer: () => 5_000 })])
  const model = world.model(calls('charge A'), say('done'))
  const first = world.run(agent, model)
  while (world.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
  await world.store.open('s1')
  const version = (await world.log()).length
  await expect(first).rejects.toMatchObject({ name: 'Fenced' })
  expect((await world.log()).length).toBe(version)
  expect(world.timers).toBe(0)
})

it('seed-65: an overtaken run no longer waits for a cell of the store to come back, nor writes to it', async () => {
  const world = new World()
  const limited = shopTool(world, [], 'limited', { rateLimitPerMinute: { calls: 5, shared: true } })
  const store = world.storePort()
  let away = true
  let written = 0
  world.storePort = () => ({
    ...store,
    cell: (name) => ({
      read: async () => {
        if (away) throw new StoreError('away', 'no')
        return store.cell(name).read()
      },
      write: (version, value) => {
        written++
        return store.cell(name).write(version, value)
      },
    }),
  })
  const first = world.run(agentOf([limited, world.tool('charge')]), world.model(calls('limited A', 'charge B')))
  while (world.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
  await world.store.open('s1')
  await expect(first).rejects.toMatchObject({ name: 'Fenced' })
  away = false
  await world.drain()
  expect(written).toBe(0)
})

/** Calls that got another attempt after their terminal record. */
function startsOfSettled(log: readonly LogEvent[]): string[] {
  const settled = new Set<string>()
  const again: string[] = []
  for (const event of log) {
    if (event.type === 'call-settled') settled.add(event.call)
    if (event.type === 'attempt-start' && settled.has(event.call)) again.push(event.call)
  }
  return again
}
