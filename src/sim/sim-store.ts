/** The simulated store: a durable log a session in memory that outlives every crash of its writer, and misbehaves when the tape says so. */

import type { LogEvent } from '../core/event.js'
import { type Appended, type Loaded, type Store, StoreError } from '../core/store.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { answerTime } from './answer-time.js'
import { type FaultNote, planFault } from './fault/note.js'
import { crashAfter, crashBefore } from './fault/process.js'
import { outcomes, type Setting } from './setting.js'

const nominalMs = 5
/** A store call that takes longer than this is given up by its driver. */
const driverTimeoutMs = 10_000

interface Log {
  events: LogEvent[]
  epoch: number
}

export function simStore(setting: Setting): Store {
  const { world } = setting
  const logs = new Map<string, Log>()
  const tries = new Map<string, number>()
  const alternatives = outcomes(setting, ['store/fail', 'store/lost-acknowledgement'], [crashBefore, crashAfter])
  const readAlternatives = outcomes(setting, ['store/fail'], [])

  const logOf = (session: string): Log => {
    const log = logs.get(session) ?? { events: [], epoch: 0 }
    logs.set(session, log)
    return log
  }

  const operation = <T>(what: string, writes: boolean, apply: () => T, acknowledged: (value: T) => void): Promise<T> =>
    new Promise((resolve, reject) => {
      const scope = world.scopes.current()
      if (!scope || !isAlive(scope)) return
      const number = (tries.get(what) ?? 0) + 1
      tries.set(what, number)
      const site = `store/${what}/try-${number}`
      const offered = writes ? alternatives : readAlternatives
      const chosen = offered[world.tape.pick(site, 'outcome', offered)] as string
      const note = chosen === 'ok' ? undefined : planFault(world, chosen, site, '', scope)
      note?.injected()
      if (chosen === crashBefore) return crash(setting, note)
      const delayMs = chosen === 'ok' ? slow(setting, site, scope) : nominalMs
      world.complete(site, delayMs, () => {
        const value = chosen === 'store/fail' ? undefined : apply()
        if (chosen === crashAfter && isAlive(scope)) return crash(setting, note)
        if (!isAlive(scope)) return
        note?.landed()
        if (chosen === 'store/fail') reject(new StoreError('the store refused', 'no'))
        else if (chosen === 'store/lost-acknowledgement')
          reject(new StoreError('the acknowledgement was lost', 'unknown'))
        else {
          acknowledged(value as T)
          resolve(value as T)
        }
      })
    })

  const loaded = (session: string, log: Log): Loaded => {
    world.emit('state-load', { session, version: log.events.length, epoch: log.epoch }, 'store')
    return { version: log.events.length, epoch: log.epoch, events: log.events.slice() }
  }

  return {
    '~store': true,
    open: (session) =>
      operation(
        `open/${session}`,
        true,
        () => {
          const log = logOf(session)
          log.epoch++
          return loaded(session, log)
        },
        () => undefined,
      ),
    read: (session) =>
      operation(
        `read/${session}`,
        false,
        () => loaded(session, logOf(session)),
        () => undefined,
      ),
    append: (session, expected, events) =>
      operation(
        describe(events),
        true,
        (): Appended => {
          const log = logOf(session)
          if (expected.epoch !== log.epoch) return { kind: 'fenced', epoch: log.epoch }
          if (expected.version !== log.events.length) return { kind: 'conflict', version: log.events.length }
          log.events.push(...events)
          const version = log.events.length
          world.emit(
            'state-commit',
            { session, version, epoch: log.epoch, types: events.map((event) => event.type) },
            'store',
          )
          for (const event of events) world.emitApplied(event, laneOf(event))
          return { kind: 'ok', version }
        },
        (appended) => {
          if (appended.kind === 'ok') world.emit('append-acknowledged', { session, version: appended.version }, 'store')
        },
      ),
  }
}

function crash(setting: Setting, note: FaultNote | undefined): void {
  note?.landed()
  setting.crash?.()
}

function slow(setting: Setting, site: string, scope: Scope): number {
  const time = answerTime(setting.world, site, nominalMs, undefined)
  if (time.class === 'nominal') return nominalMs
  const note = planFault(setting.world, 'store/slow', site, time.class, scope)
  note.landed()
  return time.delayMs ?? driverTimeoutMs
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
