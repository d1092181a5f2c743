/** All sessions of a trial: how many there are is one choice at its beginning, and each is told what the others were given. */

import type { Agent } from '../agent/agent.js'
import type { Network } from '../box/inhabit.js'
import { scopes } from '../box/scopes.js'
import type { CheckVerdict } from '../check/watch.js'
import { besideName, mainSession } from '../core/beside.js'
import type { AnyEvent } from '../core/event.js'
import type { Violation } from '../core/verdict.js'
import type { ScenarioProblem } from '../report/record.js'
import type { FaultDefinition } from '../sim/fault/fault.js'
import { concurrentSessions } from '../sim/fault/isolation/concurrent-sessions.js'
import { multiInstance } from '../sim/fault/isolation/multi-instance.js'
import { sharedCache } from '../sim/fault/isolation/shared-cache.js'
import { type FaultNote, planFault } from '../sim/fault/note.js'
import { picker } from '../sim/fault/picker.js'
import { knownOutcomes, type Setting } from '../sim/setting.js'
import { stampede } from '../sim/shape/stampede.js'
import type { Brought, Weather } from '../sim/shape/weather.js'
import type { Compiled } from './compile.js'
import type { ScenarioDefinition } from './define-scenario.js'
import { sessionId } from './foreign-run.js'
import { rootScope } from './host.js'
import { type Clients, type Issued, issuedIn, type Neighbour, neighbourIn, strikesAll } from './neighbour.js'
import { networkOf } from './network.js'
import { remembersBeyond } from './remembering-in.js'

export interface Neighbourhood {
  readonly all: readonly Neighbour[]
  /** How long after the others the session begins. */
  readonly afterMs: number
  /** The bad weather that comes with there being so many. */
  readonly brings: Brought | undefined
  /** They live in the same weather. */
  readonly begin: (weather: Weather) => void
  /** The neighbour whose code runs now; undefined: that of the session which the trial is about. */
  readonly acting: () => Neighbour | undefined
  /** Told each event of the session that the trial is about. */
  readonly see: (event: AnyEvent) => void
}

const kinds: readonly FaultDefinition[] = [concurrentSessions, multiInstance, stampede, sharedCache]
const always = [concurrentSessions.name, multiInstance.name, stampede.name]
const withCache = [...always, sharedCache.name]
/** Of a process written elsewhere there is one, and nobody knows what it caches. */
const foreign = [concurrentSessions.name, stampede.name, sharedCache.name]
const site = 'run/sessions'

/** Undefined: the session is alone. `heard` is told after each event of a neighbour how many promises it has broken. */
export function neighbourhoodOf(
  setting: Setting,
  compiled: Compiled,
  agent: Agent<unknown> | undefined,
  heard: (violations: number) => void,
): Neighbourhood | undefined {
  const { world } = setting
  const offered = knownOutcomes(setting, agent ? kindsFor(agent) : foreign)
  const chosen = offered[world.tape.pick(site, 'outcome', offered)]
  const kind = kinds.find(({ name }) => name === chosen)
  return kind && live(setting, compiled, kind, heard)
}

const kindsFor = ({ tools }: Agent<unknown>): readonly string[] =>
  tools.some(({ cacheMs }) => cacheMs !== undefined) ? withCache : always

function live(
  setting: Setting,
  compiled: Compiled,
  kind: FaultDefinition,
  heard: (violations: number) => void,
): Neighbourhood {
  const { world } = setting
  const pick = picker(world, site, kind)
  const count = Number(pick('n'))
  const brings = kind === stampede ? { shape: stampede, site } : undefined
  const afterMs = kind === sharedCache ? Number(pick('after')) : 0
  const all: Neighbour[] = []
  let note: FaultNote | undefined
  const issue = (session: string, issued: Issued): void => {
    for (const one of everybody())
      if (one.session !== session) one.world.emit('issued-beside', { session, ...issued }, 'world')
  }
  const tellOthers = (session: string, event: AnyEvent): void => {
    const issued = issuedIn(event)
    if (issued) issue(session, issued)
  }
  const tell = (from: Neighbour, event: AnyEvent): void => {
    // An agent may have no model, or ask it last.
    if (event.type === 'prompt-received' || event.type === 'request-arrived') note?.landed()
    tellOthers(from.session, event)
    heard(from.watch?.violations.length ?? 0)
  }
  for (let number = 1; number < count; number++)
    all.push(neighbourIn(setting, compiled, besideName(number), kind === multiInstance, tell))
  const everybody = (): readonly Pick<Neighbour, 'session' | 'world' | 'setting'>[] => [main, ...all]
  const main = { session: mainSession, world, setting }
  const isForeign = compiled.definition.run !== undefined
  if (isForeign) for (const one of everybody()) one.setting.given = (call, value) => issue(one.session, { call, value })
  return {
    all,
    afterMs,
    brings,
    begin: (weather) => {
      if (isForeign) for (const { session } of everybody()) issue(session, { value: sessionId(session) })
      // A shape is told of by the weather.
      if (!brings) {
        note = planFault(world, kind.name, site, `${count} sessions`, rootScope(world))
        note.injected()
      }
      for (const one of all) one.setting.weather = weather
    },
    acting: () => {
      const acting = scopes.current()?.world
      return all.find((one) => one.world === acting)
    },
    see: (event) => {
      for (const one of all) if (strikesAll(event, one.isApart)) one.hear(event)
      tellOthers(mainSession, event)
    },
  }
}

type Method = Clients[string][string]

/** One client for all sessions of a process: each request reaches the data of the user for whom it is made. */
export function sharedClients(clients: Clients, beside: () => Neighbourhood | undefined): Clients {
  const shared = (key: string, operation: string): Method => {
    // Named first: see `clientOf`.
    const method: Method = (input, options) => {
      const client = (beside()?.acting()?.clients ?? clients)[key] as Clients[string]
      return (client[operation] as Method)(input, options)
    }
    return method
  }
  return Object.fromEntries(
    Object.entries(clients).map(([key, client]) => [
      key,
      Object.fromEntries(Object.keys(client).map((operation) => [operation, shared(key, operation)])),
    ]),
  )
}

/** All sessions of a process share one agent, but for what it remembers beyond a session: that is its user's. */
export function agentOf({ agent }: ScenarioDefinition, shared: Agent<unknown>, one: Neighbour): Agent<unknown> {
  const isOwn = one.isApart || remembersBeyond(shared)
  return isOwn && agent ? (agent(one.clients) as Agent<unknown>) : shared
}

/** The network of a process: whoever asks it reaches the services that keep their own data. */
export function sharedNetwork(
  network: Network,
  beside: () => Neighbourhood | undefined,
  problem: (problem: ScenarioProblem) => void,
): Network {
  const networks = new Map<Neighbour, Network>()
  const networkFor = (one: Neighbour): Network => {
    const known =
      networks.get(one) ?? networkOf(one.setting, one.model, one.http, (id) => one.memory.failed.has(id), problem)
    networks.set(one, known)
    return known
  }
  return (url, init, request) => {
    const acting = beside()?.acting()
    return (acting ? networkFor(acting) : network)(url, init, request)
  }
}

interface Judged {
  readonly events: readonly AnyEvent[]
  /** The histories of the other sessions. */
  readonly beside: readonly (readonly AnyEvent[])[]
  readonly violations: readonly Violation[]
  readonly verdicts: readonly CheckVerdict[]
}

/** What the trial comes to: the history is that of the session which broke a promise first. */
export function judged(main: Omit<Judged, 'beside'>, neighbours: readonly Neighbour[]): Judged {
  const broken = neighbours.flatMap(({ events, watch }) => {
    const violations = watch?.violations ?? []
    return violations.length > 0 ? [{ events, violations }] : []
  })
  const all = [...(main.violations.length > 0 ? [main] : []), ...broken]
  const [first] = all.sort((one, other) => (one.violations[0]?.seq ?? 0) - (other.violations[0]?.seq ?? 0))
  const { events } = first ?? main
  const beside = [main, ...neighbours].map((one) => one.events).filter((one) => one !== events)
  if (!first || broken.length === 0) return { ...main, beside }
  const violations = oncePerClause(all.flatMap((one) => one.violations))
  return { events, beside, violations, verdicts: main.verdicts.map((verdict) => alsoBroken(verdict, violations)) }
}

/** Sessions of one agent break a promise alike: a trial breaks it once. */
function oncePerClause(violations: readonly Violation[]): readonly Violation[] {
  const first = new Map<string, Violation>()
  for (const one of violations) {
    const name = `${one.invariant}/${one.clause}`
    if (!first.has(name)) first.set(name, one)
  }
  return [...first.values()]
}

function alsoBroken(verdict: CheckVerdict, violations: readonly Violation[]): CheckVerdict {
  const violation = violations.find(({ invariant }) => invariant === verdict.invariant)
  if (!violation || verdict.verdict === 'invalid') return verdict
  const { invariant, arose } = verdict
  return { invariant, verdict: 'invalid', arose: Math.max(1, arose), concerned: true, violation }
}
