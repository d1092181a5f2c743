/** Broken adapters: a store behind which the promise of that name is not kept. */

import type { LogEvent } from '../../src/core/event.js'
import type { Flaw } from './lab.js'

/** Anybody writes, under whatever epoch the log has. */
const unfenced: Flaw = (client) => ({
  ...client,
  append: async (session, { version }, events) =>
    client.append(session, { version, epoch: (await client.read(session)).epoch }, events),
})

/** Looks where the log or cell ends, and writes there, whatever its writer had seen. */
const readModifyWrite: Flaw = (client) => ({
  ...client,
  append: async (session, { epoch }, events) => {
    for (;;) {
      const { version } = await client.read(session)
      const answer = await client.append(session, { version, epoch }, events)
      if (answer.kind !== 'conflict') return answer
    }
  },
  cell: (name) => {
    const cell = client.cell(name)
    return {
      ...cell,
      write: async (_version, value) => {
        for (;;) {
          const answer = await cell.write((await cell.read()).version, value)
          if (answer.kind === 'ok') return answer
        }
      },
    }
  },
})

/** Acknowledges an append that it keeps to itself until it is asked for something else. */
const acknowledgesFirst: Flaw = (client) => {
  let owed: (() => Promise<unknown>) | undefined
  const settled = async <T>(operation: () => Promise<T>): Promise<T> => {
    await owed?.()
    owed = undefined
    return operation()
  }
  return {
    ...client,
    open: (...given) => settled(() => client.open(...given)),
    read: (session) => settled(() => client.read(session)),
    append: (session, expected, events) =>
      settled(async () => {
        owed = () => client.append(session, expected, events)
        return { kind: 'ok', version: expected.version + events.length }
      }),
  }
}

/** Writes event by event. */
const torn: Flaw = (client) => ({
  ...client,
  append: async (session, expected, events) => {
    let version = expected.version
    for (const one of events) {
      const answer = await client.append(session, { ...expected, version }, [one])
      if (answer.kind !== 'ok') return answer
      version = answer.version
    }
    return { kind: 'ok', version }
  },
})

/** Hands out the log that it keeps. */
const sharing: Flaw = (client) => {
  const kept = new Map<string, readonly LogEvent[]>()
  const same = (session: string, events: readonly LogEvent[]): readonly LogEvent[] => {
    const known = kept.get(session)
    if (known && known.length >= events.length) return known
    kept.set(session, events)
    return events
  }
  return {
    ...client,
    read: async (session) => {
      const log = await client.read(session)
      return { ...log, events: same(session, log.events) }
    },
  }
}

/** Tries again by itself where it was not answered, as if that were harmless. */
const triesAgain: Flaw = (client) => ({
  ...client,
  append: (session, expected, events) =>
    client.append(session, expected, events).catch(() => client.append(session, expected, events)),
})

/** Answers reads of a cell from what it saw before, once. */
const staleCell: Flaw = (client) => ({
  ...client,
  cell: (name) => {
    const cell = client.cell(name)
    let last: Awaited<ReturnType<typeof cell.read>> | undefined
    return {
      ...cell,
      read: async () => {
        const old = last
        last = await cell.read()
        return old ?? last
      },
    }
  },
})

export interface PlantedFlaw {
  readonly flaw: Flaw
  /** A case that must notice: the beginning of its name, or a part. */
  readonly noticed: string
  readonly needs?: 'deafened'
}

export const flaws: Readonly<Record<string, PlantedFlaw>> = {
  'no fencing': { flaw: unfenced, noticed: 'fences every earlier owner' },
  'read-modify-write of logs': { flaw: readModifyWrite, noticed: 'lets one of many appends to one version through' },
  'read-modify-write of cells': { flaw: readModifyWrite, noticed: 'loses no increment' },
  'acknowledgement before durability': { flaw: acknowledgesFirst, noticed: 'acknowledged is there for everybody' },
  'torn appends': { flaw: torn, noticed: 'nobody sees a part' },
  'shared objects': { flaw: sharing, noticed: 'changing it changes no log' },
  'stale reads of cells': { flaw: staleCell, noticed: 'some order of all' },
  'silent second tries': { flaw: triesAgain, noticed: 'acknowledgement is lost is told', needs: 'deafened' },
}
