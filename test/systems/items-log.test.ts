/** Keys, the log and shared state: what makes a repeated write one write, a resumed run the same run, and two writers one order. */

import { describe, expect, it } from 'vitest'
import { installShims } from '../../src/box/install.js'
import type { AnyEvent, EventOf, EventType } from '../../src/core/event.js'
import { canonical } from '../../src/core/json.js'
import type { Store } from '../../src/core/store.js'
import type { Pair } from '../../src/explore/hands.js'
import { presetOf } from '../../src/explore/preset.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import { mutate } from '../../src/mutant/registry.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { agentOf, calls, type OperationFault, say, World } from '../unit/agent/small-world.js'

installShims()
const { default: order } = await import('../../scenarios/order.scenario.js')
const { byzantine } = await import('../scenarios/byzantine.js')
const { checkoutWith } = await import('../mutant/scenarios/checkout-with.js')

const of = <K extends EventType>(events: readonly AnyEvent[], type: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> & AnyEvent => event.type === type) as never

const storm = (scenario: typeof order, index: number) =>
  runTrial(scenario, { source: openSource('log', stormJob('log', presetOf('hostile'), index)), keepGoing: true })

describe('seed-75, seed-76: a write that is repeated', () => {
  it('carries the key of its step, whatever the attempt, the process, the time and the storm', async () => {
    const keys = new Map<string, string>()
    const digests = new Map<string, string>()
    let repeated = 0
    for (let index = 1; index <= 150; index++) {
      const { events } = await storm(order, index)
      const again = new Set(of(events, 'batch-open').flatMap((event) => event.calls.filter((one) => one.reissueOf)))
      const reissued = new Set([...again].map(({ call }) => call))
      for (const { call, key, input, operation } of of(events, 'request-arrived')) {
        if (call === undefined || key === undefined || reissued.has(call.replace('.undo', ''))) continue
        expect(key).toContain(call.replace('.undo', '/undo'))
        const known = keys.get(call)
        if (known !== undefined) {
          expect(key).toBe(known)
          repeated++
        }
        keys.set(call, key)
        const meaning = `${operation} ${canonical(input)}`
        const within = `${index} ${key}`
        expect(digests.get(within) ?? meaning).toBe(meaning)
        digests.set(within, meaning)
      }
    }
    expect(repeated).toBeGreaterThan(200)
  })

  it('takes effect once, although it was requested more than once', async () => {
    let twice = 0
    for (let index = 1; index <= 150; index++) {
      const { events } = await storm(order, index)
      // A model that strays may want a thing twice.
      if (of(events, 'model-strayed').length > 0) continue
      const applied = of(events, 'effect-applied').map(({ operation, once }) => `${operation} ${once}`)
      expect(new Set(applied).size).toBe(applied.length)
      const asked = of(events, 'request-arrived').map(({ operation, key }) => `${operation} ${key}`)
      twice += asked.length - new Set(asked).size
    }
    expect(twice).toBeGreaterThan(50)
  })
})

describe('seed-83: a log that is written only when the run ends', () => {
  const crash: Pair = ['payments.charge#t1.c0/a1', 'process/crash-after-effect']

  it('is told by the first crash; the runtime itself writes as it goes', async () => {
    const run = (scenario: typeof order) =>
      runTrial(scenario, { source: replaySource([crash]), keepGoing: true }).then(({ violations }) =>
        violations.map(({ invariant }) => invariant),
      )
    expect(await run(checkoutWith('saves-at-end', (agent) => mutate('save-at-end', agent)))).toContain('durable-ack')
    expect(await run(checkoutWith('saves', (agent) => agent))).toEqual([])
  })
})

describe('seed-123: no transaction over services: a log, a saga, and one writer at a time', () => {
  it('of two processes that run one session one writes, and the other is told that it was overtaken', async () => {
    const world = new World()
    const agent = () => agentOf([world.tool('charge', { isUndoable: true, answer: () => 5_000 })], { saga: true })
    const model = world.model(calls('charge A'), say('done'))
    const first = world.run(agent(), model)
    const overtaken = expect(first).rejects.toMatchObject({ name: 'Fenced' })
    while (world.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const second = await world.run(agent(), model)
    expect(second).toMatchObject({ status: 'completed' })
    await overtaken
    expect(world.effects.map(({ name }) => name)).toEqual(['charge'])
    expect((await world.logged('run-end')).length).toBe(1)
    expect((await world.logged('saga-end')).length).toBe(1)
  })

  it('an append on a version that is no longer the last is refused, and nothing of it is kept', async () => {
    const { store } = new World()
    const { version, epoch } = await store.open('s1')
    const event = { type: 'run-resume', epoch, at: 1 } as const
    expect(await store.append('s1', { version, epoch }, [event])).toMatchObject({ kind: 'ok' })
    expect(await store.append('s1', { version, epoch }, [event])).toMatchObject({ kind: 'conflict' })
    expect((await store.read('s1')).events).toHaveLength(1)
  })
})

describe('seed-172: state that several agents share', () => {
  interface Done {
    readonly from: number
    readonly until: number
    readonly version: number
    readonly wrote: boolean
  }

  /** Adds `id` to the shared list, again after a conflict or a lost answer, unless it is there already. */
  async function add(world: World, cell: ReturnType<Store['cell']>, id: string, done: Done[]): Promise<void> {
    for (;;) {
      try {
        const from = world.now
        const { version, value } = await cell.read()
        done.push({ from, until: world.now, version, wrote: false })
        const list = (value ?? []) as string[]
        if (list.includes(id)) return
        const writing = world.now
        const answer = await cell.write(version, [...list, id])
        if (answer.kind === 'ok') done.push({ from: writing, until: world.now, version: answer.version, wrote: true })
      } catch {
        await world.wait(7)
      }
    }
  }

  async function shared(fault: World['fault']) {
    const world = new World()
    world.fault = fault
    const done: Done[] = []
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    await world.settle(Promise.all(ids.map((id) => add(world, world.storePort().cell('list'), id, done))))
    const { value, version } = await world.store.cell('list').read()
    return { value: value as string[], version, done, ids, operations: world.operations }
  }

  it.each<OperationFault>(['lost-before', 'lost-after'])(
    'loses no update, whichever operation is %s, and has one order that agrees with time',
    async (how) => {
      const calm = await shared(undefined)
      for (let at = 0; at <= calm.operations; at++) {
        const { value, version, done, ids } = await shared(at === 0 ? undefined : { at, how })
        expect([...value].sort()).toEqual(ids)
        expect(version).toBe(ids.length)
        const writes = done.filter(({ wrote }) => wrote).map((one) => one.version)
        expect(new Set(writes).size).toBe(writes.length)
        expect(done.length - writes.length).toBeGreaterThan(ids.length)
        for (const earlier of done)
          for (const later of done)
            if (earlier.until < later.from)
              expect(later.version).toBeGreaterThanOrEqual(earlier.version + (later.wrote ? 1 : 0))
      }
    },
  )
})

describe('seed-209: a run is repeated from what was decided in it, not from a temperature of 0', () => {
  it.each([
    ['order', order],
    ['a model of moods', byzantine(true)],
  ])(
    '%s: the decisions of a storm give the same history, byte for byte, and the choices are in it',
    async (_name, scenario) => {
      for (let index = 1; index <= 20; index++) {
        const first = await storm(scenario, index)
        const decisions = first.decisions.map(({ label, alternative }): Pair => [label, alternative])
        const again = await runTrial(scenario, { source: replaySource(decisions), keepGoing: true })
        expect(again.fingerprint).toBe(first.fingerprint)
        expect(again.events.map(canonical)).toEqual(first.events.map(canonical))
      }
    },
  )
})
