/** An agent that knows nothing of us, living in a world: the world tells the beginning and end of each of its sessions on its behalf. */

import { scopes } from '../box/scopes.js'
import type { RunStatus } from '../core/event.js'
import { isJson, type Json } from '../core/json.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { nonceOf } from '../sim/backend/nonce.js'
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

/** One session of the agent, with what its surroundings have for it. */
interface Surroundings {
  readonly setting: Setting
  readonly session: string
  readonly settled?: (settled: Settled) => void
  /** How long after the process it begins. Default: with it. */
  readonly afterMs?: number
}

/** What one process of the agent does for whom it works, by the id of the session. */
export interface ForeignProcess {
  readonly run: (id: string) => unknown
  /** Undefined: nobody says how the agent resumes. */
  readonly restart: ((id: string) => unknown) | undefined
}

/** What an agent knows of a session: its name, with a nonce that nobody has who was not given it. */
export const sessionId = (session: string): string => `${session}_${nonceOf(session)}`

/** `all`: the session that the trial is about, and those beside it; `nextProcess`: what begins after a crash. */
export function foreignRun(
  all: readonly [Surroundings, ...Surroundings[]],
  name: string,
  first: ForeignProcess,
  nextProcess: () => ForeignProcess,
): Run {
  const { world } = all[0].setting
  const ended = (): void => {
    if (!sessions.some(({ isOpen }) => isOpen())) world.rootSettled()
  }
  const sessions = all.map((one) => sessionIn(one, name, ended))
  const open = (): readonly Session[] => sessions.filter(({ isOpen }) => isOpen())

  const crash = (): void => {
    if (open().length === 0) return
    for (const one of open()) one.tell('crash')
    world.nextIncarnation()
    world.timer(restartMs, () => {
      const process = nextProcess()
      for (const one of open()) {
        one.tell('restart')
        one.start(process)
      }
    })
  }

  return {
    // Which of a foreign agent's timers matter is not ours to say: a client may keep one for its connections.
    leftTimers: () => all.map(() => 0),
    scope: () => rootScope(world),
    start: () => {
      for (const [place, one] of sessions.entries()) {
        const { afterMs = 0 } = all[place] as Surroundings
        if (afterMs === 0) one.start(first)
        else world.timer(afterMs, () => world.incarnation === 1 && one.start(first))
      }
    },
    crash: first.restart && crash,
  }
}

interface Session {
  readonly isOpen: () => boolean
  readonly tell: (type: 'crash' | 'restart') => void
  /** Goes on where it has begun before. */
  readonly start: (process: ForeignProcess) => void
}

function sessionIn({ setting, session, settled }: Surroundings, name: string, ended: () => void): Session {
  const { world } = setting
  const id = sessionId(session)
  let open = true
  let begun = false

  const settle = (scope: Scope, status: RunStatus, reason: string, result: unknown, error?: unknown): void => {
    if (!isAlive(scope) || !open) return
    open = false
    const json = isJson(result) ? (result as Json) : undefined
    world.emit('run-end', { status, reason, text: typeof result === 'string' ? result : '', residue: [] }, 'run')
    world.emit('run-settled', { status, reason, result: json }, 'run')
    settled?.({ status, reason, result, error })
    ended()
  }

  const begin = (body: (id: string) => unknown): void => {
    const scope = rootScope(world)
    scopes.run(scope, () => {
      new Promise((resolve) => resolve(body(id))).then(drained).then(
        (result) => settle(scope, 'completed', 'returned', result),
        (error: unknown) => settle(scope, 'failed', error instanceof Error ? error.name : 'threw', undefined, error),
      )
    })
  }

  return {
    isOpen: () => open,
    tell: (type) => world.emit(type, { epoch: world.incarnation }, 'world'),
    start: ({ run, restart }) => {
      if (begun) return begin(restart ?? run)
      begun = true
      world.emit(
        'run-start',
        { session, agent: name, prompt: '', instructions: '', limits, saga: false, at: world.now },
        'run',
      )
      begin(run)
    },
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
