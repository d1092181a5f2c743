/** An agent on stormproof's runtime, living in a world: its ports are simulated, its crashes are resumed. */

import { type Agent, wrapTools } from '../agent/agent.js'
import type { Ports } from '../agent/run.js'
import { type RunResult, runSession } from '../agent/run-session.js'
import type { AnyTool } from '../agent/tool.js'
import { scopes } from '../box/scopes.js'
import type { Clock, Random, Timer } from '../core/clock.js'
import { digest } from '../core/digest.js'
import { isStormproofError } from '../core/error.js'
import type { RunStatus } from '../core/event.js'
import { copy, isJson, type Json } from '../core/json.js'
import type { ToolContext } from '../core/tool.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import { modelPort } from '../sim/model-port.js'
import type { ScriptedModel } from '../sim/scripted-model.js'
import type { Setting } from '../sim/setting.js'
import { simStore } from '../sim/sim-store.js'
import { type Children, childrenIn } from './child-world.js'
import { partsIn } from './parts-in.js'
import { companyOf, type People } from './people.js'
import type { Run, Settled } from './run.js'

/** How long a crashed process takes to come back. */
const restartMs = 1_000
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
  const watched = partsIn(setting, wrapTools(agent, watchTool))
  let open = true
  let left = 0
  const clock = worldClock(world)
  const company = companyOf(setting, agent, people)
  const children = childrenIn(setting, people.model, agent.modelTimeoutMs)
  const ports = portsIn(children, {
    clock: clock.port,
    random: worldRandom(world),
    store: simStore(setting),
    model: modelPort(setting, model, agent.modelTimeoutMs),
    approvals: company.approvals,
  })

  const settle = (scope: Scope, status: RunStatus, reason: string, result: string, error?: unknown): void => {
    if (!isAlive(scope) || !open) return
    open = false
    left = clock.set()
    world.emit('run-settled', { status, reason, result }, 'run')
    settled({ status, reason, result, error })
    world.rootSettled()
  }

  /** A run that waits for people is run again when one of them has spoken, or when the wait is over. */
  const take = (scope: Scope, result: RunResult): void => {
    if (result.status === 'waiting' && company.awaits(result, () => void (isAlive(scope) && start()))) return
    settle(scope, result.status as RunStatus, result.reason, result.text)
  }

  const start = (): void => {
    const scope = rootScope(world)
    scopes.run(scope, () =>
      runSession(watched, { session, prompt, answers: company.answers }, ports).then(
        (result) => take(scope, result),
        (error: unknown) => settle(scope, 'failed', ...whyThrown(error), error),
      ),
    )
  }

  return {
    start,
    leftTimers: () => left,
    scope: () => rootScope(world),
    crash: () => {
      if (!open) return
      world.emit('crash', { epoch: world.incarnation }, 'world')
      children.tell('crash')
      world.nextIncarnation()
      clock.forget()
      world.timer(restartMs, () => {
        world.emit('restart', { epoch: world.incarnation }, 'world')
        children.tell('restart')
        start()
      })
    },
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

/** The reason and the text. */
const whyThrown = (error: unknown): [reason: string, text: string] => [
  isStormproofError(error) ? error.code : 'threw',
  String((error as Error)?.message ?? error),
]

export const rootScope = (world: World): Scope => ({
  world,
  incarnation: world.incarnation,
  lane: 'run',
  call: undefined,
  attempt: undefined,
  deadline: undefined,
})

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
