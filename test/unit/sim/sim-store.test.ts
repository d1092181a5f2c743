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

const said = (error: any): unknown => `${error.message}: ${error.applied}`

/** An append that is tried once more when it fails. */
const writtenAgain = (on: ReturnType<typeof stage>) => {
  const store = simStore(on.setting)
  return on.act(async () => {
    await store.open(session)
    const write = () => store.append(session, { version: 0, epoch: 1 }, [abort('a')])
    return write().catch(write)
  })
}

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

  it.each(['5000', '1', '10000', '30000'])(
    'that is away for %s ms refuses whatever is asked until then, and then goes on',
    async (ms) => {
      const on = stage([
        [first, 'store/outage'],
        [`${first}@ms`, ms],
      ])
      const store = simStore(on.setting)
      const outcome = await on.act(async () => {
        await store.open(session)
        const write = () => store.append(session, { version: 0, epoch: 1 }, [abort('a')])
        const answers = [await write().catch(said)]
        if (ms !== '1') answers.push(await store.read(session).catch(said), await store.cell('c').read().catch(said))
        await new Promise<void>((resolve) => void on.world.timer(Number(ms), resolve))
        return [...answers, await write()]
      })
      const refusals = Array(ms === '1' ? 1 : 3).fill('the store is unavailable: no')
      expect(outcome).toMatchObject({ value: [...refusals, { kind: 'ok', version: 1 }] })
      for (const counted of ['fault-planned', 'fault-injected', 'fault-landed'] as const)
        expect(on.events(counted)).toMatchObject([{ fault: 'store/outage', site: first }])
    },
  )

  it('may be away twice in a row', async () => {
    const on = stage([
      [first, 'store/outage'],
      [`${first}@ms`, '1'],
      ['store/saga-abort/run/try-2', 'store/outage'],
    ])
    expect(await writtenAgain(on)).toMatchObject({ kind: 'threw', error: { applied: 'no' } })
    expect(on.events('fault-landed').map(({ fault }) => fault)).toEqual(['store/outage', 'store/outage'])
  })

  it('is back from an outage when the storm ends', async () => {
    const on = stage([
      [first, 'store/outage'],
      [`${first}@ms`, '3600000'],
    ])
    const store = simStore(on.setting)
    const outcome = await on.act(async () => {
      await store.open(session)
      const write = () => store.append(session, { version: 0, epoch: 1 }, [abort('a')])
      const refused = await write().catch(said)
      on.world.tape.calm = true
      return [refused, await write()]
    })
    expect(outcome).toMatchObject({ value: ['the store is unavailable: no', { kind: 'ok', version: 1 }] })
  })

  it.each([
    ['1', 2],
    ['2', 0],
    ['all', 0],
  ])('that reads an old copy (%s behind) shows whole appends, and its next read is true', async (behind, version) => {
    const on = stage([
      [`store/read/${session}/try-1`, 'store/stale-read'],
      [`store/read/${session}/try-1@behind`, behind],
    ])
    const store = simStore(on.setting)
    const outcome = await on.act(async () => {
      await store.open(session)
      await store.append(session, { version: 0, epoch: 1 }, [abort('a'), abort('b')])
      await store.append(session, { version: 2, epoch: 1 }, [abort('c')])
      const stale = await store.read(session)
      const late = await store.append(session, { version: stale.version, epoch: 1 }, [abort('d')])
      return [stale.version, stale.events.length, late, (await store.read(session)).version]
    })
    expect(outcome).toMatchObject({ value: [version, version, { kind: 'conflict', version: 3 }, 3] })
    expect(on.events('fault-landed')).toMatchObject([{ fault: 'store/stale-read' }])
  })

  it('has no old copy of a log that nobody wrote: none is planned', async () => {
    const on = stage([[`store/read/${session}/try-1`, 'store/stale-read']])
    const store = simStore(on.setting)
    expect(await on.act(() => store.read(session))).toMatchObject({ value: { version: 0 } })
    expect(on.events('fault-planned')).toEqual([])
  })

  it('counts the tries of one write: a decision about the first is not about the second', async () => {
    const on = stage([[first, 'store/fail']])
    expect(await writtenAgain(on)).toMatchObject({ value: { kind: 'ok', version: 1 } })
  })

  it.each([
    ['3', 3],
    ['10', 10],
  ])('refuses %s tries of one write in a row, and no other write', async (times, refusals) => {
    const on = stage([
      [first, 'store/fail'],
      [`${first}@times`, times],
    ])
    const store = simStore(on.setting)
    const outcome = await on.act(async () => {
      const { version, epoch } = await store.open(session)
      await store.open('other')
      let tries = 0
      for (; tries < 20; tries++) {
        if (tries === 1) await store.append('other', { version: 0, epoch: 1 }, [{ type: 'saga-open', saga: 'x' }])
        if ((await store.append(session, { version, epoch }, [abort('a')]).catch(said)) instanceof Object) break
      }
      return tries
    })
    expect(outcome).toMatchObject({ value: refusals })
    expect(on.events('fault-landed')).toMatchObject([{ fault: 'store/fail' }])
  })

  it('may lose what the dead had asked for, if they were not told that it was there', async () => {
    const lost = stage([[`flush/${first}`, 'store/lost-unflushed']])
    const kept = stage()
    for (const [on, version] of [
      [lost, 1],
      [kept, 2],
    ] as const) {
      const store = simStore(on.setting)
      const scope = on.inCall('c', 1, () => on.world.scopes.current())
      on.world.timer(12, () => {
        on.setting.crash?.()
        const next = { ...scope!, incarnation: on.world.incarnation }
        void on.world.scopes.run(next, () =>
          on.world.timer(10, () => void on.world.scopes.run(next, () => store.open(session))),
        )
      })
      await on.act(async () => {
        const { epoch } = await store.open(session)
        await store.append(session, { version: 0, epoch }, [{ type: 'saga-open', saga: 'x' }])
        return store.append(session, { version: 1, epoch }, [abort('a')])
      })
      expect(on.events('state-load').map((load) => load.version)).toEqual([0, version])
    }
    for (const counted of ['fault-planned', 'fault-injected', 'fault-landed'] as const) {
      expect(lost.events(counted)).toMatchObject([{ fault: 'store/lost-unflushed', site: first }])
      expect(kept.events(counted)).toEqual([])
    }
  })

  it('may make a later write first, of another log', async () => {
    const on = stage([[`${first}@hold`, '1']])
    const store = simStore(on.setting)
    await on.act(async () => {
      const [{ epoch }] = await Promise.all([store.open(session), store.open('other')])
      await Promise.all([
        store.append(session, { version: 0, epoch }, [abort('a')]),
        store.append('other', { version: 0, epoch }, [{ type: 'saga-open', saga: 'x' }]),
      ])
    })
    expect(on.events('state-commit').map((commit) => commit.session)).toEqual(['other', session])
    expect(on.events('fault-landed')).toMatchObject([{ fault: 'store/reorder', site: first }])
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
