/** The simulated store: a durable log a session in memory that outlives every crash of its writer, and misbehaves when the tape says so. */

import { type CellTable, cellTable } from '../core/cell-table.js'
import type { LogEvent } from '../core/event.js'
import type { Appended, Loaded, Store } from '../core/store.js'
import type { World } from '../kernel/world.js'
import type { Setting } from './setting.js'
import { type StoreOperation, storeOperation } from './store-operation.js'

interface Log {
  events: LogEvent[]
  epoch: number
  /** The life of the agent that opened it last: whoever may write it. */
  owner: number
  /** How long it was before each append. */
  readonly lengths: number[]
}

/** What a store holds: several sessions that share one reach it under labels of their own. */
export interface Holdings {
  readonly logs: Map<string, Log>
  readonly cells: CellTable
}

export const emptyHoldings = (world: World): Holdings => ({ logs: new Map(), cells: cellTable(() => world.now) })

/** `see` is told each event of a log once it is durable. */
export function simStore(
  setting: Setting,
  see?: (event: LogEvent) => void,
  { logs, cells }: Holdings = emptyHoldings(setting.world),
): Store {
  const { world } = setting

  const logOf = (session: string): Log => {
    const log = logs.get(session) ?? { events: [], epoch: 0, owner: 0, lengths: [] }
    logs.set(session, log)
    return log
  }

  const operation = storeOperation(setting)

  return {
    '~store': true,
    cell: cellsOf(operation, cells),
    open: (session) => {
      const log = logOf(session)
      const opener = world.scopes.current()?.incarnation ?? world.incarnation
      const take = (taken: Log): Log => Object.assign(taken, { epoch: taken.epoch + 1, owner: opener })
      return operation(`open/${session}`, {
        changes: session,
        shows: session,
        isStart: !session.includes('/'),
        apply: () => {
          take(log)
          return loaded(world, session, log)
        },
        lagging: log.lengths.length > 0 ? (behind) => asItWas(take(log), behind) : undefined,
      })
    },
    read: (session) => {
      const log = logOf(session)
      return operation(`read/${session}`, {
        shows: session,
        apply: () => loaded(world, session, log),
        lagging: log.lengths.length > 0 ? (behind) => asItWas(log, behind) : undefined,
      })
    },
    append: (session, expected, events) =>
      operation(describe(events), {
        changes: session,
        endsStep: events.some(({ type }) => type === 'batch-commit'),
        apply: (): Appended => {
          const log = logOf(session)
          if (expected.epoch !== log.epoch) return { kind: 'fenced', epoch: log.epoch }
          if (expected.version !== log.events.length) return { kind: 'conflict', version: log.events.length }
          log.lengths.push(log.events.length)
          log.events.push(...events)
          const version = log.events.length
          world.emit(
            'state-commit',
            { session, version, epoch: log.epoch, types: events.map((event) => event.type) },
            'store',
          )
          for (const event of events) world.emitApplied(event, laneOf(event), log.owner)
          if (see) events.forEach(see)
          return { kind: 'ok', version }
        },
        acknowledged: (appended) => {
          if (appended.kind === 'ok') world.emit('append-acknowledged', { session, version: appended.version }, 'store')
        },
      }),
  }
}

function loaded(world: World, session: string, { events, epoch }: Log): Loaded {
  world.emit('state-load', { session, version: events.length, epoch }, 'store')
  return { version: events.length, epoch, events: events.slice() }
}

const cellsOf =
  (operation: StoreOperation, cells: CellTable): Store['cell'] =>
  (name) => ({
    read: () => operation(`cell-read/${name}`, { shows: `cell/${name}`, apply: () => cells.read(name) }),
    write: (version, value) =>
      operation(`cell-write/${name}`, { changes: `cell/${name}`, apply: () => cells.write(name, version, value) }),
  })

/** What a copy shows that has not heard of the last appends. Nobody's state: only a look at the log. */
function asItWas({ events, epoch, lengths }: Log, behind: number): Loaded {
  const version = lengths[Math.max(0, lengths.length - behind)] ?? 0
  return { version, epoch, events: events.slice(0, version) }
}

/** What is written names the site: the last event of the append, and the call or turn it is about. */
function describe(events: readonly LogEvent[]): string {
  const event = events[events.length - 1]
  if (!event) return 'nothing'
  const { call, turn, attempt, epoch, step } = event as {
    call?: string
    turn?: number
    attempt?: number
    epoch?: number
    step?: number
  }
  const place =
    call ??
    (turn === undefined ? (epoch === undefined ? (step === undefined ? 'run' : `s${step}`) : `e${epoch}`) : `t${turn}`)
  return `${event.type}/${place}${attempt === undefined ? '' : `/a${attempt}`}`
}

function laneOf(event: LogEvent): string {
  return 'call' in event ? event.call : 'run'
}
