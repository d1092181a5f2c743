/** An agent that knows nothing of us, living in a world: the world tells its run's beginning and end on its behalf. */

import { scopes } from '../box/scopes.js'
import type { RunStatus } from '../core/event.js'
import { isJson, type Json } from '../core/json.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import type { Setting } from '../sim/setting.js'
import { rootScope } from './host.js'
import type { Run, Settled } from './run.js'

const restartMs = 1_000
const unlimited = Number.MAX_SAFE_INTEGER
/** Nothing is declared about a foreign agent's limits. */
const limits = {
  turns: unlimited,
  timeMs: unlimited,
  callsPerTurn: unlimited,
  inFlight: unlimited,
  attempts: unlimited,
}

export function foreignRun(
  setting: Setting,
  name: string,
  run: () => unknown,
  restart: (() => unknown) | undefined,
  settled: (settled: Settled) => void,
): Run {
  const { world } = setting
  let open = true

  const settle = (scope: Scope, status: RunStatus, reason: string, result: unknown, error?: unknown): void => {
    if (!isAlive(scope) || !open) return
    open = false
    const json = isJson(result) ? (result as Json) : undefined
    world.emit('run-end', { status, reason, text: typeof result === 'string' ? result : '', residue: [] }, 'run')
    world.emit('run-settled', { status, reason, result: json }, 'run')
    settled({ status, reason, result, error })
    world.rootSettled()
  }

  const begin = (body: () => unknown): void => {
    const scope = rootScope(world)
    scopes.run(scope, () => {
      new Promise((resolve) => resolve(body())).then(drained).then(
        (result) => settle(scope, 'completed', 'returned', result),
        (error: unknown) => settle(scope, 'failed', error instanceof Error ? error.name : 'threw', undefined, error),
      )
    })
  }

  return {
    // Which of a foreign agent's timers matter is not ours to say: a client may keep one for its connections.
    leftTimers: () => [0],
    scope: () => rootScope(world),
    start: () => {
      world.emit(
        'run-start',
        { session: 'main', agent: name, prompt: '', instructions: '', limits, saga: false, at: world.now },
        'run',
      )
      begin(run)
    },
    crash:
      restart &&
      (() => {
        if (!open) return
        world.emit('crash', { epoch: world.incarnation }, 'world')
        world.nextIncarnation()
        world.timer(restartMs, () => {
          world.emit('restart', { epoch: world.incarnation }, 'world')
          begin(restart)
        })
      }),
  }
}

/** A result that is a stream is read to its end: until then the agent is not done. */
async function drained(result: unknown): Promise<unknown> {
  if (result instanceof Response) return result.text()
  const parts = iterable(result)
  if (!parts) return result
  const all: unknown[] = []
  for await (const part of parts) all.push(part)
  return all.every((part) => typeof part === 'string') ? all.join('') : all
}

function iterable(value: unknown): AsyncIterable<unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Symbol.asyncIterator in value) return value as AsyncIterable<unknown>
  const { textStream } = value as { textStream?: unknown }
  return typeof textStream === 'object' && textStream !== null && Symbol.asyncIterator in textStream
    ? (textStream as AsyncIterable<unknown>)
    : undefined
}
