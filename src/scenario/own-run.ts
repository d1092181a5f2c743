/** An agent on stormproof's runtime, living in a world: its ports are simulated, its host is too. */

import { type Agent, wrapTools } from '../agent/agent.js'
import type { Ports } from '../agent/run.js'
import { runSession } from '../agent/run-session.js'
import type { AnyTool } from '../agent/tool.js'
import { scopes } from '../box/scopes.js'
import type { Clock, Random, Timer } from '../core/clock.js'
import { digest } from '../core/digest.js'
import type { LogEvent } from '../core/event.js'
import { copy, isJson, type Json } from '../core/json.js'
import type { ToolContext } from '../core/tool.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import { cancellerOf } from '../sim/actor/canceller.js'
import { submitterOf } from '../sim/actor/double-submit.js'
import { modelPort } from '../sim/model-port.js'
import type { ScriptedModel } from '../sim/scripted-model.js'
import type { Setting } from '../sim/setting.js'
import { simStore } from '../sim/sim-store.js'
import { boundsIn } from './bounds-in.js'
import { type Children, childrenIn } from './child-world.js'
import { withDistantMemory } from './distant-memory.js'
import { hostOf, rootScope } from './host.js'
import { partsIn } from './parts-in.js'
import { companyOf, type People } from './people.js'
import { policyIn } from './policy-in.js'
import type { Run, Settled } from './run.js'

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
  const watched = partsIn(setting, withDistantMemory(wrapTools(bounded.agent, watchTool), clock.port, random))
  const policy = policyIn(setting, watched)
  const canceller = cancellerOf(setting)
  const company = companyOf(setting, agent, people, canceller)
  const children = childrenIn(setting, people.model, agent.modelTimeoutMs)
  const submitter = submitterOf(setting, rootScope(world), () => host.startAgain())
  const ports = portsIn(children, {
    clock: clock.port,
    random,
    store: simStore(setting, allOf([canceller.see, bounded.see, policy.see, submitter?.see])),
    model: modelPort(setting, model, agent.modelTimeoutMs),
    approvals: company.approvals,
  })

  const host = hostOf(world, {
    run: () =>
      runSession(policy.current(), { session, prompt, cancel: canceller.signal(), answers: company.answers }, ports),
    awaits: company.awaits,
    settled: (how) => {
      left = clock.set()
      settled(how)
    },
    trailed: () => {
      left = clock.set()
    },
    tell: (what) => {
      children.tell(what)
      if (what === 'crash') clock.forget()
    },
  })

  return {
    start: host.start,
    // One that was overtaken may not know it yet, and still wait: its timers are its own.
    leftTimers: () => (host.running() > 0 ? 0 : left),
    scope: () => rootScope(world),
    crash: host.crash,
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

/** The runtime's clock, and how many timers of the living incarnation are set. */
function worldClock(world: World): { port: Clock; set: () => number; forget: () => void } {
  const timers = new Set<object>()
  const after = (delayMs: number, then: () => void): Timer => {
    const scope = scopes.current() ?? rootScope(world)
    if (!isAlive(scope)) return { cancel: () => undefined }
    const timer = world.timer(delayMs, () => {
      timers.delete(timer)
      if (isAlive(scope)) scopes.run(scope, then)
    })
    timers.add(timer)
    return {
      cancel: () => {
        timers.delete(timer)
        timer.cancel()
      },
    }
  }
  return {
    port: { now: () => world.now, wall: () => world.wall, after },
    set: () => timers.size,
    forget: () => timers.clear(),
  }
}

const worldRandom = (world: World): Random => ({ below: (label, bound) => world.chance(`random/${label}`) % bound })

/** Puts each attempt into a lane of its own, and notes what it returned. */
function watchTool(tool: AnyTool): AnyTool {
  const { compensate, reconcile, subagent } = tool
  return {
    ...tool,
    ...(subagent ? { subagent: { ...subagent, agent: wrapTools(subagent.agent, watchTool) } } : {}),
    execute: (input, context) =>
      inLane(context, (scope) =>
        tool.execute(copy(input), context).then((value: unknown) => {
          if (isAlive(scope)) {
            scope.world.emit(
              'tool-returned',
              {
                call: scope.call ?? context.call,
                tool: tool.name,
                attempt: context.attempt,
                outcome: 'ok',
                digest: digest(value),
                ...(isJson(value) ? { value: copy(value) as Json } : {}),
              },
              scope.lane,
            )
          }
          return value
        }),
      ),
    ...(compensate ? { compensate: (input, context) => inLane(context, () => compensate(copy(input), context)) } : {}),
    ...(reconcile ? { reconcile: (input, context) => inLane(context, () => reconcile(copy(input), context)) } : {}),
  }
}

function inLane<T>(context: ToolContext, body: (scope: Scope) => Promise<T>): Promise<T> {
  const current = scopes.current()
  if (!current) return body(undefined as never)
  // Within a subagent's session, its own calls stand under the call that began it.
  const call = current.call === undefined ? context.call : `${current.call}/${context.call}`
  const scope: Scope = {
    ...current,
    lane: `${call}/a${context.attempt}`,
    call,
    attempt: context.attempt,
    deadline: context.deadline,
  }
  return scopes.run(scope, () => body(scope))
}
