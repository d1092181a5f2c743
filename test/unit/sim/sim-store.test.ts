import { describe, expect, it } from 'vitest'
import type { LogEvent } from '../../../src/core/event.js'
import { simStore } from '../../../src/sim/sim-store.js'
import { stage } from './stage.js'

const abort = (cause: string): LogEvent => ({ type: 'saga-abort', cause, steps: [] })
const first = 'store/saga-abort/run/try-1'
const session = 's'

describe('the store', () => {
  it('opens a session nobody wrote as an empty log, each time under a later epoch', async () => {
    const on = stage()
    const store = simStore(on.setting)
    const outcome = await on.act(async () => [await store.open(session), await store.open(session)])
    expect(outcome).toEqual({
      kind: 'returned',
      value: [
        { version: 0, epoch: 1, events: [] },
        { version: 0, epoch: 2, events: [] },
      ],
    })
  })

  it('takes an append at its version, refuses one that comes second, and shows what was applied', async () => {
    const on = stage()
    const store = simStore(on.setting)
    const at = { version: 0, epoch: 1 }
    const outcome = await on.act(async () => {
      await store.open(session)
      const one = await store.append(session, at, [abort('a'), abort('b')])
      const other = await store.append(session, at, [abort('c')])
      return { one, other, log: await store.read(session) }
    })
    expect(outcome).toMatchObject({
      value: {
        one: { kind: 'ok', version: 2 },
        other: { kind: 'conflict', version: 2 },
        log: { version: 2, epoch: 1, events: [{ cause: 'a' }, { cause: 'b' }] },
      },
    })
    expect(on.events('saga-abort').map(({ cause }) => cause)).toEqual(['a', 'b'])
    expect(on.events('append-acknowledged')).toMatchObject([{ session, version: 2 }])
  })

  it('fences the writer of an earlier epoch, whatever version it knows', async () => {
    const on = stage()
    const store = simStore(on.setting)
    const outcome = await on.act(async () => {
      const { version, epoch } = await store.open(session)
      await store.open(session)
      return store.append(session, { version, epoch }, [abort('a')])
    })
    expect(outcome).toMatchObject({ value: { kind: 'fenced', epoch: 2 } })
    expect(on.events('state-commit')).toEqual([])
  })

  it('keeps sessions apart, and a log that was handed out as it was', async () => {
    const on = stage()
    const store = simStore(on.setting)
    const outcome = await on.act(async () => {
      const { events } = await store.open('one')
      await store.open('two')
      await store.append('one', { version: 0, epoch: 1 }, [abort('a')])
      return [events.length, (await store.read('two')).version, (await store.read('one')).version]
    })
    expect(outcome).toMatchObject({ value: [0, 0, 1] })
  })
})

/** One append under the decisions, and what another writer then finds. */
async function append(...decisions: (readonly [string, string])[]) {
  const on = stage(decisions)
  const store = simStore(on.setting)
  const outcome = await on.act(async () => {
    await store.open(session)
    return store.append(session, { version: 0, epoch: 1 }, [abort('a')])
  })
  return { ...on, outcome, written: on.events('state-commit').length, known: on.events('append-acknowledged').length }
}

describe('the store, misbehaving', () => {
  it('that refuses wrote nothing, and says so', async () => {
    const { outcome, written } = await append([first, 'store/fail'])
    expect(outcome).toMatchObject({ kind: 'threw', error: { name: 'StoreError', applied: 'no' } })
    expect(written).toBe(0)
  })

  it('that loses the acknowledgement wrote it, and acknowledged nothing', async () => {
    const { outcome, written, known } = await append([first, 'store/lost-acknowledgement'])
    expect(outcome).toMatchObject({ kind: 'threw', error: { name: 'StoreError', applied: 'unknown' } })
    expect([written, known]).toEqual([1, 0])
  })

  it.each([
    ['process/crash-before-effect', 0],
    ['process/crash-after-effect', 1],
  ])('under %s the writer never learns', async (fault, appended) => {
    const { outcome, written, known, crashes } = await append([first, fault])
    expect(outcome.kind).toBe('waits')
    expect([written, known, crashes()]).toEqual([appended, 0, 1])
  })

  it.each([
    ['x64', 320],
    ['never', 10_000],
  ])('that is slow (%s) answers all the same, in the end after its driver gave up waiting', async (time, ms) => {
    const { outcome, events } = await append([`${first}@time`, time])
    expect(outcome).toMatchObject({ kind: 'returned', value: { kind: 'ok' } })
    expect(events('append-acknowledged').map(({ vt }) => vt)).toEqual([5 + ms])
    expect(events('fault-landed')).toMatchObject([{ fault: 'store/slow', detail: time }])
  })

  it('counts the tries of one write: a decision about the first is not about the second', async () => {
    const on = stage([[first, 'store/fail']])
    const store = simStore(on.setting)
    const outcome = await on.act(async () => {
      await store.open(session)
      const write = () => store.append(session, { version: 0, epoch: 1 }, [abort('a')])
      return write().catch(write)
    })
    expect(outcome).toMatchObject({ value: { kind: 'ok', version: 1 } })
  })

  it('never answers the dead: what they asked for is written, and they do not hear of it', async () => {
    const on = stage()
    const store = simStore(on.setting)
    on.world.timer(6, () => on.setting.crash?.())
    const outcome = await on.act(async () => {
      await store.open(session)
      return store.append(session, { version: 0, epoch: 1 }, [abort('a')])
    })
    expect(outcome.kind).toBe('waits')
    expect(on.events('state-commit')).toHaveLength(1)
    expect(on.events('append-acknowledged')).toEqual([])
  })
})
