/** The simulated store: a durable log a session in memory that outlives every crash of its writer, and misbehaves when the tape says so. */

import { type CellTable, cellTable } from '../core/cell-table.js'
import { digest } from '../core/digest.js'
import type { LogEvent } from '../core/event.js'
import { copy } from '../core/json.js'
import { type Appended, type Loaded, refusalOf, type Store } from '../core/store.js'
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

/** What a store holds: several sessions that share one reach it under labels of their own. `refuses` is the rule that guards its logs and cells. */
export interface Holdings {
  readonly logs: Map<string, Log>
  readonly cells: CellTable
  readonly refuses: typeof refusalOf
}

export const emptyHoldings = (world: World, refuses = refusalOf): Holdings => ({
  logs: new Map(),
  cells: cellTable(() => world.now, refuses),
  refuses,
})

/** `see` is told each event of a log once it is durable. */
export function simStore(
  setting: Setting,
  see?: (event: LogEvent) => void,
  { logs, cells, refuses }: Holdings = emptyHoldings(setting.world),
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
    cell: cellsOf(world, operation, cells),
    open: (session, requireOwn) => {
      const log = logOf(session)
      const opener = world.scopes.current()?.incarnation ?? world.incarnation
      return operation(`open/${session}`, {
        changes: session,
        shows: session,
        isStart: !session.includes('/'),
        requires: requireOwn && (() => requireOwn(copy(log.events))),
        apply: () => {
          take(log, opener)
          return loaded(world, session, log, true)
        },
        lagging:
          log.lengths.length > 0 ? (behind) => asItWas(world, session, take(log, opener), behind, true) : undefined,
      })
    },
    read: (session) => {
      const log = logOf(session)
      return operation(`read/${session}`, {
        shows: session,
        apply: () => loaded(world, session, log, false),
        lagging: log.lengths.length > 0 ? (behind) => asItWas(world, session, log, behind, false) : undefined,
      })
    },
    append: (session, expected, events) => {
      let handed: string | undefined
      return operation(describe(events), {
        changes: session,
        endsStep: events.some(({ type }) => type === 'batch-commit'),
        apply: () => {
          const log = logOf(session)
          const appended = commit(world, session, log, expected, events, handed, refuses)
          if (appended.kind !== 'ok') return appended
          for (const event of events) world.emitApplied(event, laneOf(event), log.owner)
          if (see) events.forEach(see)
          return appended
        },
        delayed: () => {
          handed = digest(events)
        },
        acknowledged: (appended) => {
          if (appended.kind === 'ok') world.emit('append-acknowledged', { session, version: appended.version }, 'store')
        },
      })
    },
  }
}

function commit(
  world: World,
  session: string,
  log: Log,
  expected: { version: number; epoch: number },
  events: readonly LogEvent[],
  handed: string | undefined,
  refuses: typeof refusalOf,
): Appended {
  const { version: parent, epoch } = expected
  const refused = refuses({ version: log.events.length, epoch: log.epoch }, expected)
  if (refused) {
    world.emit('commit-refused', { session, parent, epoch, because: refused.kind }, 'store')
    return refused
  }
  log.lengths.push(log.events.length)
  // What the writer had not seen is gone: under the right rule there is nothing of that kind.
  if (parent < log.events.length) log.events.length = parent
  log.events.push(...copy(events))
  const version = log.events.length
  const types = events.map((event) => event.type)
  const late = handed === undefined ? undefined : { handed, written: digest(events) }
  world.emit('state-commit', { session, version, parent, epoch, types, ...late }, 'store')
  return { kind: 'ok', version }
}

const take = (log: Log, owner: number): Log => Object.assign(log, { epoch: log.epoch + 1, owner })

function loaded(world: World, session: string, { events, epoch }: Log, isOpening: boolean): Loaded {
  const version = events.length
  world.emit('state-load', { session, version, epoch, isOpening }, 'store')
  return { version, epoch, events: copy(events) }
}

/** What a copy shows that has not heard of the last appends. Nobody's state: only a look at the log. */
function asItWas(world: World, session: string, log: Log, behind: number, isOpening: boolean): Loaded {
  const { events, epoch, lengths } = log
  const version = lengths[Math.max(0, lengths.length - behind)] ?? 0
  world.emit('state-load', { session, version, epoch, isOpening, isStale: true }, 'store')
  return { version, epoch, events: copy(events.slice(0, version)) }
}

const cellsOf =
  (world: World, operation: StoreOperation, cells: CellTable): Store['cell'] =>
  (name) => ({
    read: () => operation(`cell-read/${name}`, { shows: `cell/${name}`, apply: () => cells.read(name) }),
    write: (parent, value) =>
      operation(`cell-write/${name}`, {
        changes: `cell/${name}`,
        apply: () => {
          const answer = cells.write(name, parent, value)
          if (answer.kind === 'ok') world.emit('cell-written', { cell: name, version: answer.version, parent }, 'store')
          return answer
        },
      }),
  })

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
