/** A store that forgets everything with its process: for tests and first steps. */

import { cellTable } from '../core/cell-table.js'
import type { LogEvent } from '../core/event.js'
import { copy } from '../core/json.js'
import { refusalOf } from '../core/store.js'
import type { ListingStore } from './recover.js'
import { systemClock } from './system-clock.js'

interface Session {
  epoch: number
  readonly events: LogEvent[]
}

/** `now`: the clock of its shared cells, in milliseconds. */
export function memoryStore(now: () => number = systemClock().now): ListingStore {
  const cells = cellTable(now)
  const sessions = new Map<string, Session>()
  const sessionOf = (name: string): Session => {
    const known = sessions.get(name)
    if (known) return known
    const created: Session = { epoch: 0, events: [] }
    sessions.set(name, created)
    return created
  }
  const view = ({ epoch, events }: Session) => ({ version: events.length, epoch, events: copy(events) })
  return {
    '~store': true,
    open: async (name, requireOwn) => {
      const session = sessionOf(name)
      requireOwn?.(copy(session.events))
      session.epoch++
      return view(session)
    },
    append: async (name, expected, events) => {
      const session = sessionOf(name)
      const refused = refusalOf({ version: session.events.length, epoch: session.epoch }, expected)
      if (refused) return refused
      session.events.push(...copy(events))
      return { kind: 'ok', version: session.events.length }
    },
    read: async (name) => view(sessions.get(name) ?? { epoch: 0, events: [] }),
    sessions: async () => [...sessions.keys()].sort(),
    cell: (name) => ({
      read: async () => cells.read(name),
      write: async (version, value) => cells.write(name, version, value),
    }),
  }
}
