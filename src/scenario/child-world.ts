/** The sessions of subagents in a world: each has sites, a log and a watch of its own, so that its turns and calls are not its parent's. */

import type { Agent } from '../agent/agent.js'
import { permits } from '../agent/guard/vet.js'
import type { Grants } from '../agent/policy.js'
import type { Ports } from '../agent/run.js'
import { isBuiltIn } from '../agent/team/subagent.js'
import { invariants } from '../check/registry.js'
import { type Watch, watcher } from '../check/watch.js'
import { hash32, mix32 } from '../core/digest.js'
import { StormproofError } from '../core/error.js'
import type { AnyEvent, EventMap, EventType, LogEvent } from '../core/event.js'
import type { Facts } from '../core/history.js'
import type { Json } from '../core/json.js'
import type { World } from '../kernel/world.js'
import { modelPort } from '../sim/model-port.js'
import type { PolicyDefinition } from '../sim/script.js'
import { scriptedModel } from '../sim/scripted-model.js'
import type { Setting } from '../sim/setting.js'
import { emptyHoldings, simStore } from '../sim/sim-store.js'
import { strikeChild } from '../sim/struck-child.js'
import { ownFacts } from './compile.js'
import { labelledWorld } from './labelled-world.js'

type Child = Pick<Ports, 'store' | 'model' | 'random'>
interface Inhabitant {
  readonly setting: Setting
  /** Its log has an end: run again, it only tells how it was. */
  readonly hasEnded: () => boolean
  readonly ports: Child
  readonly feed: (type: EventType, payload: object, lane: string, incarnation?: number) => void
}

export interface Children {
  within<T>(session: string, agent: Agent<unknown>, body: (ports: Child) => Promise<T>): Promise<T>
  /** What happens to the whole process. */
  tell(type: 'crash' | 'restart' | 'overlap'): void
}

/** `model` must be a policy: a script says what one agent does, a policy sees by the instructions whom it plays. */
export function childrenIn(setting: Setting, model: unknown, { modelTimeoutMs, grants }: Agent<unknown>): Children {
  const { world } = setting
  const known = new Map<string, Inhabitant>()
  const settle = (session: string, agent: Agent<unknown>): Inhabitant => {
    const inhabitant = known.get(session) ?? inhabitantOf(setting, model, modelTimeoutMs, session, agent, grants)
    known.set(session, inhabitant)
    return inhabitant
  }
  return {
    within: (session, agent, body) => {
      const scope = world.scopes.current()
      const { setting: inner, ports, hasEnded } = settle(session, agent)
      if (!scope) return body(ports)
      const met = hasEnded() ? ports : strikeChild(inner, ports)
      const call = pathOf(session)
      const own = { ...scope, lane: call, call, attempt: undefined, deadline: undefined }
      return world.scopes.run(own, () => body(met))
    },
    tell: (type) => {
      for (const { feed } of known.values()) feed(type, { epoch: world.incarnation }, 'world')
    },
  }
}

/** `session/t1.c0/t2.c1` → `t1.c0/t2.c1`. */
const pathOf = (session: string): string => session.slice(session.indexOf('/') + 1)

function inhabitantOf(
  setting: Setting,
  model: unknown,
  timeoutMs: number,
  session: string,
  agent: Agent<unknown>,
  grants: Grants | undefined,
): Inhabitant {
  if (typeof (model as PolicyDefinition | undefined)?.next !== 'function') {
    throw new StormproofError('scenario', 'a scenario with subagents needs a policy for a model', {
      remedy: 'model: policy(({ messages }, { call, say }) => …): the system message tells which agent asks',
    })
  }
  const facts: Facts = { nested: true, intended: {}, scripted: false, backends: [], ...within(agent, grants) }
  const watch = watcher(invariants).begin(facts)
  const feed = feeder(setting.world, watch, session)
  const world = apart(setting.world, pathOf(session), feed, facts)
  const inner: Setting = { ...setting, world }
  const plan = { entries: [], policy: model as PolicyDefinition, onFailure: 'any' as const }
  const scripted = scriptedModel(inner, plan, () => false)
  let hasEnded = false
  const see = ({ type }: LogEvent): void => {
    hasEnded ||= type === 'run-end'
  }
  return {
    setting: inner,
    hasEnded: () => hasEnded,
    feed,
    ports: {
      store: simStore(inner, see, emptyHoldings(world, agent.parts.refusal)),
      model: modelPort(inner, scripted, timeoutMs),
      random: { below: (label, bound) => world.chance(`random/${label}`) % bound },
    },
  }
}

/** What is declared about a child, whose rights lie within those of the first of its parents, whatever it was given. */
function within(agent: Agent<unknown>, grants: Grants | undefined): ReturnType<typeof ownFacts> {
  const facts = ownFacts(agent)
  if (!grants) return facts
  const isFree = (name: string): boolean => agent.tools.some((tool) => tool.name === name && isBuiltIn(tool))
  const isGranted = (tool: string, input: Json): boolean => isFree(tool) || permits(grants[tool], input)
  return {
    ...facts,
    permits: (tool, input) => isGranted(tool, input) && (facts.permits?.(tool, input) ?? true),
  }
}

function feeder(world: World, watch: Watch, session: string): Inhabitant['feed'] {
  let told = 0
  return (type, payload, lane, incarnation = world.incarnation) => {
    const seq = world.events.length
    watch.feed({ seq, vt: world.now, lane, incarnation, type, ...payload } as unknown as AnyEvent)
    world.fingerprint.mix(hash32(`${session} ${type}`) ^ mix32(world.now))
    for (const { invariant, because } of watch.violations.slice(told)) {
      world.emit('subagent-broke', { session, invariant, because }, 'world')
    }
    told = watch.violations.length
  }
}

const shared = new Set<EventType>(['attempt-start', 'attempt-end', 'call-settled', 'compensation-start'])

/** What the whole world sees of a child's log: the attempts that its effects belong to, by the breaker they go through. */
function asSeen(
  event: LogEvent,
  label: (name: string) => string,
  { tools }: Pick<Facts, 'tools'>,
): LogEvent | undefined {
  if (event.type === 'breaker-moved') {
    return { ...event, key: `tool/${label(event.key.slice(event.key.indexOf('/') + 1))}` }
  }
  if (!shared.has(event.type) || !('call' in event) || !('tool' in event)) return undefined
  const through = tools.find(({ name }) => name === event.tool)?.dependency ?? event.tool
  return { ...event, call: label(event.call), tool: label(through) } as LogEvent
}

/** The world of a child: what is said in it reaches its own watch. */
function apart(world: World, path: string, feed: Inhabitant['feed'], facts: Pick<Facts, 'tools'>): World {
  const label = (site: string): string => `${path}/${site}`
  return labelledWorld(world, label, {
    emit: (type: EventType, payload: EventMap[EventType], lane: string) => {
      if (type.startsWith('fault-')) world.emit(type, payload, label(lane))
      if (type === 'model-strayed')
        world.emit(type, { ...payload, within: path } as EventMap['model-strayed'], label(lane))
      feed(type, payload, lane)
    },
    emitApplied: (event: LogEvent, lane: string, incarnation: number) => {
      feed(event.type, event, lane, incarnation)
      const told = asSeen(event, label, facts)
      if (told) world.emitApplied(told, label(lane), incarnation)
    },
  })
}
