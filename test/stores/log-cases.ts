/** What every store owes the runtime of its logs. Each case throws where a store does not keep it. */

import { expect } from 'vitest'
import { isStoreError } from '../../src/core/store.js'
import { type Case, type Client, event } from './lab.js'

/** Appends at the end, as a writer does who reloads and decides again after a conflict. */
async function insist(client: Client, epoch: number, turn: number, attempt: number): Promise<void> {
  for (;;) {
    const { version } = await client.read('s')
    if ((await client.append('s', { version, epoch }, [event(turn, attempt)])).kind === 'ok') return
  }
}

export const logCases: readonly Case[] = [
  {
    name: 'seed-22: it has an empty log of a session nobody wrote',
    run: async ({ client }) => expect(await client().read('s')).toEqual({ version: 0, epoch: 0, events: [] }),
  },
  {
    name: 'looking at a session does not make one',
    needs: 'sessions',
    run: async ({ client }) => {
      await client().read('s')
      expect(await client().sessions?.()).toEqual([])
    },
  },
  {
    name: 'seed-87: it counts events as its version, and refuses an append to one that has passed',
    run: async ({ client }) => {
      const store = client()
      const { version, epoch } = await store.open('s')
      expect({ version, epoch }).toEqual({ version: 0, epoch: 1 })
      expect(await store.append('s', { version, epoch }, [event(1), event(2)])).toEqual({ kind: 'ok', version: 2 })
      expect(await client().append('s', { version: 1, epoch }, [event(3)])).toEqual({ kind: 'conflict', version: 2 })
      expect(await client().read('s')).toEqual({ version: 2, epoch: 1, events: [event(1), event(2)] })
    },
  },
  {
    name: 'seed-87: it lets one of many appends to one version through',
    run: async ({ client }) => {
      const { epoch } = await client().open('s')
      const answers = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((turn) => client().append('s', { version: 0, epoch }, [event(turn)])),
      )
      expect(answers.filter(({ kind }) => kind === 'ok')).toHaveLength(1)
      expect((await client().read('s')).version).toBe(1)
    },
  },
  {
    name: 'seed-87: it loses no update of writers that reload and decide again after a conflict',
    run: async ({ client }) => {
      const { epoch } = await client().open('s')
      const writer = async (turn: number): Promise<void> => {
        const own = client()
        for (let n = 1; n <= 4; n++) await insist(own, epoch, turn, n)
      }
      await Promise.all([1, 2, 3].map(writer))
      const { events } = await client().read('s')
      expect(events).toHaveLength(12)
      for (const turn of [1, 2, 3]) {
        const own = events.filter((one) => one.type === 'model-call-start' && one.turn === turn)
        expect(own).toEqual([1, 2, 3, 4].map((n) => event(turn, n)))
      }
    },
  },
  {
    name: 'seed-88: nobody sees a part of an append',
    run: async ({ client }) => {
      const [writer, reader] = [client(), client()]
      const { epoch } = await writer.open('s')
      let isDone = false
      const write = async (): Promise<void> => {
        for (let n = 0; n < 6; n++) {
          const three = [event(n, 1), event(n, 2), event(n, 3)]
          expect(await writer.append('s', { version: n * 3, epoch }, three)).toMatchObject({ kind: 'ok' })
        }
        isDone = true
      }
      const look = async (): Promise<void> => {
        while (!isDone) {
          const { version, events } = await reader.read('s')
          expect([version % 3, events.length]).toEqual([0, version])
        }
      }
      await Promise.all([write(), look()])
      expect((await reader.read('s')).version).toBe(18)
    },
  },
  {
    name: 'seed-93: it fences every earlier owner from the moment that another one opened the session',
    run: async ({ client }) => {
      const [zombie, owner] = [client(), client()]
      await zombie.open('s')
      await zombie.append('s', { version: 0, epoch: 1 }, [event(1)])
      expect(await owner.open('s')).toEqual({ version: 1, epoch: 2, events: [event(1)] })
      expect(await zombie.append('s', { version: 1, epoch: 1 }, [event(9)])).toEqual({ kind: 'fenced', epoch: 2 })
      expect(await owner.append('s', { version: 1, epoch: 2 }, [event(2)])).toEqual({ kind: 'ok', version: 2 })
      expect((await zombie.read('s')).events).toEqual([event(1), event(2)])
    },
  },
  {
    name: 'seed-93: it gives every opener an epoch of its own, however many come at once',
    run: async ({ client }) => {
      const all = await Promise.all([1, 2, 3, 4, 5].map(() => client().open('s')))
      expect(all.map(({ epoch }) => epoch).sort()).toEqual([1, 2, 3, 4, 5])
    },
  },
  {
    name: 'seed-93: it fences nobody when whoever opens the session finds that it is not theirs',
    run: async ({ client }) => {
      const owner = client()
      const { epoch } = await owner.open('s')
      await owner.append('s', { version: 0, epoch }, [event(1)])
      const mistaken = client().open('s', (log) => {
        throw new Error(`not mine: ${log.length}`)
      })
      await expect(mistaken).rejects.toThrow('not mine: 1')
      expect(await owner.append('s', { version: 1, epoch }, [event(2)])).toEqual({ kind: 'ok', version: 2 })
    },
  },
  {
    name: 'what is acknowledged is there for everybody, whatever becomes of its writer',
    run: async ({ client }) => {
      const writer = client()
      const { epoch } = await writer.open('s')
      await writer.append('s', { version: 0, epoch }, [event(1)])
      expect((await client().read('s')).events).toEqual([event(1)])
      expect((await client().open('s')).events).toEqual([event(1)])
    },
  },
  {
    name: 'what was handed over, or shown, is nobody else’s: changing it changes no log',
    run: async ({ client }) => {
      const store = client()
      const spoil = (log: readonly unknown[]): void => {
        for (const one of log) Object.assign(one as object, { turn: 99 })
        ;(log as unknown[]).push(event(100))
      }
      const { epoch } = await store.open('s')
      const given = [event(1), event(2)]
      await store.append('s', { version: 0, epoch }, given)
      spoil(given)
      spoil((await store.read('s')).events)
      spoil((await store.open('s', spoil)).events)
      for (const one of [store, client()]) {
        expect(await one.read('s')).toMatchObject({ version: 2, events: [event(1), event(2)] })
      }
    },
  },
  {
    name: 'it keeps every text that JSON can say',
    run: async ({ client }) => {
      const store = client()
      const text = `\u0000 \ud800 ${'ü'.repeat(300)} ' " \\ $1 %s \u2028 __proto__ 🜂`
      const hostile = { ...event(1), note: { [text]: text, ['__proto__x']: null } } as never
      const { epoch } = await store.open(text)
      await store.append(text, { version: 0, epoch }, [hostile])
      expect((await client().read(text)).events).toEqual([hostile])
    },
  },
  {
    name: 'sessions do not touch each other',
    run: async ({ client }) => {
      const store = client()
      for (const name of ['a', 'A', 'a/b', 'a%2Fb']) {
        await store.open(name)
        expect(await store.append(name, { version: 0, epoch: 1 }, [event(name.length)])).toMatchObject({ version: 1 })
      }
      expect((await store.read('a')).events).toEqual([event(1)])
    },
  },
  {
    name: 'seed-89: it lists every session that was opened, whatever it is named',
    needs: 'sessions',
    run: async ({ client }) => {
      const names = ['a/b', 'A/b', '%', 'ü', '', `long${'x'.repeat(300)}`, 'cells']
      for (const name of names) await client().open(name)
      expect(await client().sessions?.()).toEqual([...names].sort())
    },
  },
  {
    name: 'a writer whose acknowledgement is lost is told that nobody knows, and finds its append by looking',
    needs: 'deafened',
    run: async ({ client, deafened }) => {
      const { epoch } = await client().open('s')
      const problem: unknown = await deafened!()
        .append('s', { version: 0, epoch }, [event(1)])
        .catch((error: unknown) => error)
      expect(isStoreError(problem) && problem.applied).toBe('unknown')
      expect(await client().read('s')).toMatchObject({ version: 1, events: [event(1)] })
      expect(await client().append('s', { version: 0, epoch }, [event(1)])).toEqual({ kind: 'conflict', version: 1 })
    },
  },
]
