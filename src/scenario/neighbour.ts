/** A session beside the one that a trial is about: it has labels, data, a history and a watch of its own, and shares time and chance. */

import type { Watch } from '../check/watch.js'
import { hash32, mix32 } from '../core/digest.js'
import type { AnyEvent, EventMap, EventOf, EventType, LogEvent } from '../core/event.js'
import { EffectLedger } from '../kernel/ledger.js'
import { Lives } from '../kernel/lives.js'
import type { World } from '../kernel/world.js'
import { clientOf } from '../sim/client.js'
import { definitionOf } from '../sim/define-backend.js'
import { pause } from '../sim/fault/process/pause.js'
import { type HttpService, httpService } from '../sim/http.js'
import { type ScriptedModel, scriptedModel } from '../sim/scripted-model.js'
import { bringToLife } from '../sim/service.js'
import type { Setting } from '../sim/setting.js'
import type { Compiled } from './compile.js'
import type { Host } from './host.js'
import { labelledWorld } from './labelled-world.js'
import { type CallMemory, rememberCalls } from './watched-tools.js'

export type Clients = Readonly<Record<string, ReturnType<typeof clientOf>>>

export interface Neighbour {
  readonly session: string
  readonly world: World
  readonly setting: Setting
  readonly memory: CallMemory
  readonly model: ScriptedModel
  readonly clients: Clients
  readonly http: readonly HttpService[]
  readonly events: readonly AnyEvent[]
  /** What was told of another session befell this one, too. */
  readonly hear: (event: AnyEvent) => void
  /** Judges what happens from now on. */
  watch: Watch | undefined
  /** Another instance of the agent, in a process of its own. */
  readonly isApart: boolean
  /** What runs it there. */
  host: Host | undefined
}

/** What a session was given that is no other's. */
export type Issued = Pick<EventOf<'issued-beside'>, 'call' | 'value' | 'key'>

/** `tell` is told each event of it, after its watch. */
export function neighbourIn(
  setting: Setting,
  compiled: Compiled,
  session: string,
  isApart: boolean,
  tell: (from: Neighbour, event: AnyEvent) => void,
): Neighbour {
  const { world } = setting
  const lives = isApart ? new Lives(world.scopes) : world.lives
  const events: AnyEvent[] = []
  const take = (type: EventType, payload: object, lane: string, incarnation = lives.acting): void => {
    const event = { seq: world.position++, vt: world.now, lane, incarnation, type, ...payload } as unknown as AnyEvent
    events.push(event)
    world.fingerprint.mix(hash32(`${session} ${type}`) ^ mix32(world.now))
    neighbour.watch?.feed(event)
    tell(neighbour, event)
  }
  const label = (name: string): string => `${session}/${name}`
  const own = labelledWorld(
    world,
    label,
    {
      events,
      ledger: new EffectLedger(),
      kept: new Map(world.kept),
      emit: (type: EventType, payload: EventMap[EventType], lane: string) => {
        if (type.startsWith('fault-'))
          world.emit(type, payload, strikesAll({ type, ...payload }, isApart) ? lane : label(lane))
        take(type, payload, lane)
      },
      emitApplied: (event: LogEvent, lane: string, incarnation: number) => take(event.type, event, lane, incarnation),
    },
    lives,
  )
  const inner: Setting = { ...setting, world: own, ...(isApart ? processOf(() => neighbour.host) : {}) }
  const services = Object.entries(compiled.definition.backends).map(([key, backend]) => {
    const added = compiled.customFaults.filter((fault) => fault.backend === backend.name)
    return [key, bringToLife(own, key, definitionOf(backend), added, session)] as const
  })
  const memory = rememberCalls(own)
  const neighbour: Neighbour = {
    session,
    world: own,
    setting: inner,
    memory,
    model: scriptedModel(inner, compiled.plan, (id) => memory.failed.has(id)),
    clients: Object.fromEntries(services.map(([key, service]) => [key, clientOf(inner, service)])),
    http: services.map(([, service]) => httpService(inner, service)),
    events,
    hear: (event) => {
      events.push(event)
      neighbour.watch?.feed(event)
    },
    watch: undefined,
    isApart,
    host: undefined,
  }
  return neighbour
}

const processOf = (host: () => Host | undefined): Pick<Setting, 'crash' | 'process'> => ({
  crash: () => host()?.crash(),
  process: {
    startAgain: (...how) => host()?.startAgain(...how),
    shutDown: (graceMs) => host()?.shutDown(graceMs),
  },
})

/**
 * Whether a fault that befalls one session befalls the other: weather and clocks are everybody's, and a process is that of all its sessions.
 * Other faults are told for the count alone.
 */
export function strikesAll(event: object, isApart: boolean): boolean {
  const { type, fault } = event as { readonly type: string; readonly fault?: string }
  if (fault === undefined || !type.startsWith('fault-')) return false
  // A world stands still as a whole.
  if (fault === pause.name || fault.startsWith('clock/') || fault.startsWith('shape/')) return true
  return !isApart && fault.startsWith('process/')
}

/** Undefined: others may be given the same. */
export function issuedIn(event: AnyEvent): Issued | undefined {
  if (event.type === 'attempt-start') return { call: event.call, key: event.key }
  if (event.type !== 'tool-returned' || event.value === undefined) return undefined
  return { call: event.call, value: event.value }
}
