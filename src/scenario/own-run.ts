/** An agent on stormproof's runtime, living in a world: its ports are simulated, its host is too. */

import { type Agent, wrapTools } from '../agent/agent.js'
import type { Ports } from '../agent/run.js'
import { runSession } from '../agent/run-session.js'
import { scopes } from '../box/scopes.js'
import type { Clock, Random, Timer } from '../core/clock.js'
import type { LogEvent } from '../core/event.js'
import { isUnfinished } from '../core/unfinished.js'
import { isAlive } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import { cancellerOf } from '../sim/actor/canceller.js'
import { submitterOf } from '../sim/actor/double-submit.js'
import { modelPort } from '../sim/model-port.js'
import type { ScriptedModel } from '../sim/scripted-model.js'
import type { Setting } from '../sim/setting.js'
import { simStore } from '../sim/sim-store.js'
import { boundsIn } from './bounds-in.js'
import { type Children, childrenIn } from './child-world.js'
import { deploymentOf } from './deployment.js'
import { withDistantMemory } from './distant-memory.js'
import { hostOf, rootScope } from './host.js'
import { partsIn } from './parts-in.js'
import { companyOf, type People } from './people.js'
import { policyIn } from './policy-in.js'
import type { Run, Settled } from './run.js'
import { inLanes } from './tool-lane.js'

const session = 'session'

export function ownRun(
  setting: Setting,
  agent: Agent<unknown>,
  prompt: string,
  model: ScriptedModel,
  settled: (settled: Settled) => void,
  people: People & { readonly model?: unknown } = {},
): Run {
  const { world } = setting
  let left = 0
  const clock = worldClock(world)
  const random = worldRandom(world)
  const bounded = boundsIn(setting, agent)
  const watched = partsIn(
    setting,
    withDistantMemory(
      wrapTools(bounded.agent, (tool) => inLanes(setting, tool)),
      clock.port,
      random,
    ),
  )
  const policy = policyIn(setting, watched)
  const deployment = deploymentOf(setting)
  const canceller = cancellerOf(setting)
  const company = companyOf(setting, agent, people, canceller)
  const children = childrenIn(setting, people.model, agent)
  const submitter = submitterOf(setting, rootScope(world), (begun) => host.startAgain(0, undefined, begun))
  const log: LogEvent[] = []
  const note = (event: LogEvent): void => void log.push(event)
  const ports = portsIn(children, {
    clock: clock.port,
    random,
    store: simStore(
      setting,
      allOf([note, canceller.see, bounded.see, policy.see, submitter?.see]),
      agent.parts.refusal,
    ),
    model: modelPort(setting, model, agent.modelTimeoutMs),
    approvals: company.approvals,
  })

  const host = hostOf(world, {
    run: (stop) => {
      const wish = canceller.signal()
      const cancel = wish ? AbortSignal.any([stop, wish]) : stop
      const current = deployment.next(policy.current())
      return runSession(current, { session, prompt, cancel, answers: company.answers }, ports)
    },
    awaits: company.awaits,
    isFound: () => !isUnfinished(log) || (agent.parts.isUnfinished ?? isUnfinished)(log),
    settled: (how, life) => {
      left = clock.set(life)
      settled(how)
    },
    tell: (what) => {
      children.tell(what)
      if (what === 'crash') clock.forget()
    },
  })

  return {
    start: host.start,
    leftTimers: () => left,
    scope: () => rootScope(world),
    crash: host.crash,
    process: host,
  }
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
    ...own,
    child: (session, member, body) =>
      children.within(session, member, (child) =>
        body({ ...ports, ...child, store: { ...child.store, cell: own.store.cell }, approvals: undefined }),
      ),
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
