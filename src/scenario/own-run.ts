/** An agent on stormproof's runtime, living in a world: its ports are simulated, its crashes are resumed. */

import { type Agent, wrapTools } from '../agent/agent.js'
import { runSession } from '../agent/run-session.js'
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
): Run {
  const { world } = setting
  const watched = wrapTools(agent, watchTool)
  const store = simStore(setting)
  let open = true
  let left = 0
  const clock = worldClock(world)
  const ports = {
    clock: clock.port,
    random: worldRandom(world),
    store,
    model: modelPort(setting, model, agent.modelTimeoutMs),
  }

  const settle = (scope: Scope, status: RunStatus, reason: string, result: string, error?: unknown): void => {
    if (!isAlive(scope) || !open) return
    open = false
    left = clock.set()
    world.emit('run-settled', { status, reason, result }, 'run')
    settled({ status, reason, result, error })
    world.rootSettled()
  }

  const start = (): void => {
    const scope = rootScope(world)
    scopes.run(scope, () => {
      runSession(watched, { session, prompt }, ports).then(
        (result) => settle(scope, result.status as RunStatus, result.reason, result.text),
        (error: unknown) =>
          settle(
            scope,
            'failed',
            isStormproofError(error) ? error.code : 'threw',
            String((error as Error)?.message ?? error),
            error,
          ),
      )
    })
  }

  return {
    start,
    leftTimers: () => left,
    scope: () => rootScope(world),
    crash: () => {
      if (!open) return
      world.emit('crash', { epoch: world.incarnation }, 'world')
      world.nextIncarnation()
      clock.forget()
      world.timer(restartMs, () => {
        world.emit('restart', { epoch: world.incarnation }, 'world')
        start()
      })
    },
  }
}

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
  const { compensate, reconcile } = tool
  return {
    ...tool,
    execute: (input, context) =>
      inLane(context, (scope) =>
        tool.execute(copy(input), context).then((value: unknown) => {
          if (isAlive(scope)) {
            const payload = {
              call: context.call,
              tool: tool.name,
              attempt: context.attempt,
              outcome: 'ok' as const,
              digest: digest(value),
            }
            scope.world.emit(
              'tool-returned',
              isJson(value) ? { ...payload, value: copy(value) as Json } : payload,
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
  const scope: Scope = {
    ...current,
    lane: `${context.call}/a${context.attempt}`,
    call: context.call,
    attempt: context.attempt,
    deadline: context.deadline,
  }
  return scopes.run(scope, () => body(scope))
}
