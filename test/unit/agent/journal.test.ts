import { describe, expect, it } from 'vitest'
import { Journal } from '../../../src/agent/journal.js'
import type { Clock } from '../../../src/core/clock.js'
import type { LogEvent } from '../../../src/core/event.js'
import { type Appended, type Store, StoreError } from '../../../src/core/store.js'
import { memoryStore } from '../../../src/platform/memory-store.js'

const event = (attempt: number): LogEvent => ({ type: 'model-call-start', turn: 1, attempt, at: 0 })

/** Time that passes at once. */
const clock: Clock = {
  now: () => 0,
  wall: () => 0,
  after: (_delayMs, then) => {
    queueMicrotask(then)
    return { cancel: () => {} }
  },
}

type Append = Store['append']

async function journalOver(misbehave: (append: Append, count: number) => Append) {
  const store = memoryStore()
  const loaded = await store.open('s')
  let count = 0
  const append: Append = (...request) => misbehave(store.append, ++count)(...request)
  const taken: LogEvent[] = []
  const journal = new Journal(
    {
      ...{ session: 's', store: { ...store, append }, clock, live: new Set() },
      take: (one) => taken.push(one),
      writesNow: () => true,
    },
    loaded,
  )
  return { store, journal, taken }
}

describe('a journal', () => {
  it('writes once what was applied although its acknowledgement was lost', async () => {
    const { store, journal, taken } = await journalOver((append, count) => async (...request) => {
      const answer = await append(...request)
      if (count === 1) throw new StoreError('lost', 'unknown')
      return answer
    })
    await journal.append([event(1)])
    await journal.append([event(2)])
    expect((await store.read('s')).events).toEqual([event(1), event(2)])
    expect(taken).toEqual([event(1), event(2)])
  })

  it('knows its own append when it lands after it was looked up and written again', async () => {
    const { store, journal } = await journalOver((append, count) => async (...request) => {
      if (count === 1) throw new StoreError('lost on the way', 'unknown')
      if (count > 2) return append(...request)
      await append(...request)
      return append(...request) as Promise<Appended>
    })
    await journal.append([event(1)])
    await journal.append([event(2)])
    expect((await store.read('s')).events).toEqual([event(1), event(2)])
  })

  it('takes a conflict it has no part in for the end of its ownership', async () => {
    const { store, journal, taken } = await journalOver((append) => append)
    await store.append('s', { version: 0, epoch: 1 }, [event(9)])
    await expect(journal.append([event(1)])).rejects.toMatchObject({ name: 'Fenced' })
    await expect(journal.append([event(2)])).rejects.toMatchObject({ name: 'Fenced' })
    expect(taken).toEqual([])
  })

  it('gives up with the error of a store that stays away', async () => {
    const { journal } = await journalOver(() => async () => {
      throw new StoreError('away', 'no')
    })
    await expect(journal.append([event(1)])).rejects.toThrow('away')
  })

  it('makes an entry when everything before it is in the state', async () => {
    const { journal, taken } = await journalOver((append) => append)
    const first = journal.append([event(1)])
    const second = journal.append(() => [event(taken.length + 1)])
    await Promise.all([first, second])
    expect(taken).toEqual([event(1), event(2)])
  })
})
