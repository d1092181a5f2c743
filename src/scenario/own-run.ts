/** An agent on stormproof's runtime, living in a world: its ports are simulated, its host is too, and it may have several sessions. */

import { type Agent, wrapTools } from '../agent/agent.js'
import type { Ports } from '../agent/run.js'
import { runSession } from '../agent/run-session.js'
import { scopes } from '../box/scopes.js'
import type { Clock, Random, Timer } from '../core/clock.js'
import type { LogEvent } from '../core/event.js'
import type { Store } from '../core/store.js'
import { isUnfinished } from '../core/unfinished.js'
import { isAlive } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import { cancellerOf } from '../sim/actor/canceller.js'
import { submitterOf } from '../sim/actor/double-submit.js'
import { logEditor } from '../sim/actor/log-editor.js'
import { talkerOf } from '../sim/actor/mid-turn-message.js'
import { secondWay } from '../sim/actor/second-way.js'
import { modelPort } from '../sim/model-port.js'
import type { ScriptedModel } from '../sim/scripted-model.js'
import type { Setting } from '../sim/setting.js'
import { emptyHoldings, type Holdings, simStore } from '../sim/sim-store.js'
import { boundsIn } from './bounds-in.js'
import { type Children, childrenIn } from './child-world.js'
import { deploymentOf } from './deployment.js'
import { withDistantMemory } from './distant-memory.js'
import { type Host, type Hosted, hostOf, rootScope } from './host.js'
import { misdeclaredIn } from './misdeclared.js'
import { partsIn } from './parts-in.js'
import { companyOf, type People } from './people.js'
import { policyIn } from './policy-in.js'
import type { Run, Settled } from './run.js'
import { suspendedIn } from './suspended.js'
import { inLanes } from './tool-lane.js'

/** One session of the agent, with what its surroundings have for it. */
interface Surroundings {
  readonly agent: Agent<unknown>
  readonly setting: Setting
  readonly session: string
  readonly model: ScriptedModel
  readonly settled?: (settled: Settled) => void
  /** How long after the process it begins. Default: with it. */
  readonly afterMs?: number
  /** It is in a process of its own, which is run by `host`. */
  readonly isApart?: boolean
  host?: Host | undefined
}

type Script = People & { readonly prompt: string; readonly model?: unknown }

/** `all`: the session that the trial is about, and those beside it: in the same process, or each in one of its own. */
export function ownRun(all: readonly [Surroundings, ...Surroundings[]], script: Script): Run {
  const { world } = all[0].setting
  const holdings = emptyHoldings(world, all[0].agent.parts.refusal)
  const hosts: Host[] = []
  const ended = (): void => {
    if (!hosts.some(({ isOpen }) => isOpen())) world.rootSettled()
  }
  const sessions: Housed[] = []
  const house = (together: readonly Surroundings[]): Host => {
    const again: Again = (begun) => host.startAgain(0, undefined, begun)
    const housed = together.map((around) => sessionIn(around, script, holdings, again))
    const host = hostOf(housed[0]?.world ?? world, housed, ended)
    sessions.push(...housed)
    hosts.push(host)
    return host
  }
  const host = house(all.filter(({ isApart }) => !isApart))
  for (const one of all) if (one.isApart) one.host = house([one])
  return {
    start: () => {
      for (const one of hosts) one.start()
    },
    leftTimers: () => sessions.map(({ left }) => left()),
    scope: () => rootScope(world),
    crash: host.crash,
    process: host,
  }
}

type Housed = Hosted & { readonly left: () => number }
type Again = (begun: () => void) => void

function sessionIn(
  { agent, setting, session, model, settled, afterMs = 0 }: Surroundings,
  { prompt, ...people }: Script,
  holdings: Holdings,
  again: Again,
): Housed {
  const { world } = setting
  let left = 0
  const clock = worldClock(world)
  const random = worldRandom(world)
  const bounded = boundsIn(setting, agent)
  const lanes = wrapTools(misdeclaredIn(setting, bounded.agent), (tool) => inLanes(setting, tool))
  const watched = suspendedIn(setting, partsIn(setting, withDistantMemory(lanes, clock.port, random)))
  const policy = policyIn(setting, watched)
  const deployment = deploymentOf(setting)
  const canceller = cancellerOf(setting)
  const company = companyOf(setting, watched, people, canceller)
  const children = childrenIn(setting, people.model, agent)
  const submitter = submitterOf(setting, rootScope(world), again)
  const talker = talkerOf(setting, rootScope(world))
  const { see, edited } = meddlersOf(setting, watched, again)
  const log: LogEvent[] = []
  const note = (event: LogEvent): void => void log.push(event)
  const sights = allOf([note, canceller.see, bounded.see, policy.see, submitter?.see, talker?.see, ...see])
  const ports = portsIn(children, {
    clock: clock.port,
    random,
    store: edited(simStore(setting, sights, holdings)),
    model: modelPort(setting, model, agent.modelTimeoutMs),
    approvals: company.approvals,
  })

  return {
    world,
    afterMs,
    run: (stop) => {
      const wish = canceller.signal()
      const cancel = wish ? AbortSignal.any([stop, wish]) : stop
      const current = deployment.next(policy.current())
      return runSession(current, { session, prompt, cancel, answers: company.answers, messages: talker?.said }, ports)
    },
    awaits: company.awaits,
    isFound: () => !isUnfinished(log) || (agent.parts.isUnfinished ?? isUnfinished)(log),
    settled: (how, life) => {
      left = clock.set(life)
      settled?.(how)
    },
    tell: (what) => {
      children.tell(what)
      if (what === 'crash') clock.forget()
    },
    left: () => left,
  }
}

/** Who comes between people and what they approve: only an agent that has its calls approved gives them cause. */
function meddlersOf(setting: Setting, agent: Agent<unknown>, again: (begun: () => void) => void) {
  const isGated = agent.tools.some(({ approval }) => approval !== undefined)
  const scope = rootScope(setting.world)
  const editor = isGated ? logEditor(setting, scope, () => again(() => undefined)) : undefined
  const second = isGated ? secondWay(setting, scope, again) : undefined
  return { see: [editor?.see, second], edited: editor?.edited ?? ((store: Store) => store) }
}

type See = ((event: LogEvent) => void) | undefined

function allOf(sights: readonly See[]): See {
  const open = sights.filter((see) => see !== undefined)
  if (open.length < 2) return open[0]
  return (event) => {
    for (const see of open) see(event)
  }
}

/** A child has sites of its own, and shares what all sessions share. Nobody approves for it. */
function portsIn(children: Children, own: Ports): Ports {
  const ports: Ports = {
    child: (session, member, body) =>
      children.within(session, member, (child) =>
        body({ ...ports, ...child, store: { ...child.store, cell: own.store.cell }, approvals: undefined }),
      ),
    ...own,
  }
  return ports
}

/** The runtime's clock, and how many timers of a life of the agent are set. */
function worldClock(world: World): { port: Clock; set: (life: number) => number; forget: () => void } {
  const timers = new Map<object, number>()
  const after = (delayMs: number, then: () => void): Timer => {
    const scope = scopes.current() ?? rootScope(world)
    if (!isAlive(scope)) return { cancel: () => undefined }
    const fire = (): void => {
      timers.delete(timer)
      if (isAlive(scope)) scopes.run(scope, then)
    }
    const timer = world.timer(delayMs, fire, true)
    timers.set(timer, scope.incarnation)
    return {
      cancel: () => {
        timers.delete(timer)
        timer.cancel()
      },
    }
  }
  return {
    port: { now: () => world.now, wall: () => world.wall, after },
    set: (life) => [...timers.values()].filter((owner) => owner === life).length,
    forget: () => timers.clear(),
  }
}

const worldRandom = (world: World): Random => ({ below: (label, bound) => world.chance(`random/${label}`) % bound })
