/** Who runs a session as a host in production would: again after a crash, when people have spoken, and when its log could not be written. */

import { Fenced } from '../agent/journal.js'
import type { RunResult } from '../agent/run-session.js'
import { scopes } from '../box/scopes.js'
import { isStormproofError } from '../core/error.js'
import type { RunStatus } from '../core/event.js'
import { isStoreError } from '../core/store.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import type { ProcessControl } from '../sim/process-control.js'
import type { Company } from './people.js'
import type { Settled } from './run.js'

/** How long a crashed process takes to come back. */
const restartMs = 1_000
/** Before a session is run again whose log could not be written: doubled each time. */
const backOff = { firstMs: 1_000, longestMs: 30_000 } as const

export interface Hosted {
  /** Runs the session from whatever its log holds, until `cancel` stops it. */
  readonly run: (cancel: AbortSignal) => Promise<RunResult>
  readonly awaits: Company['awaits']
  /** Whether a process that starts finds it among the sessions to go on with. */
  readonly isFound: () => boolean
  /** Told once, when the session has come to its end in a life of the agent, before the world is. */
  readonly settled: (settled: Settled, life: number) => void
  /** What happens to the whole process. */
  readonly tell: (type: 'crash' | 'restart' | 'overlap') => void
}

export interface Host extends ProcessControl {
  readonly start: () => void
  readonly crash: () => void
}

export function hostOf(world: World, { run, awaits, isFound, settled, tell }: Hosted): Host {
  let open = true
  let refusals = 0
  let stop = new AbortController()

  const settle = (life: number, status: RunStatus, reason: string, result: string, error?: unknown): void => {
    open = false
    world.emit('run-settled', { status, reason, result }, 'run')
    settled({ status, reason, result, error }, life)
    world.rootSettled()
  }

  const start = (): void => {
    const scope = rootScope(world)
    const life = scope.incarnation
    const inCalm = world.tape.calm
    /** Of several lives the last one is run again. */
    const isLast = (): boolean => isAlive(scope) && open && life === world.incarnation
    const again = (): void => void (isLast() && start())
    const returned = (result: RunResult): void => {
      if (!isAlive(scope) || !open) return
      if (result.status === 'waiting' && (!isLast() || awaits(result, again))) return
      settle(life, result.status as RunStatus, result.reason, result.text)
    }
    /** A store that is away comes back when the storm ends at the latest: a run that began after that gives up for good. */
    const threw = (error: unknown): void => {
      if (!isLast()) return
      if (!isPassing(error) || inCalm) return settle(life, 'failed', ...whyThrown(error), error)
      world.timer(Math.min(backOff.firstMs * 2 ** refusals++, backOff.longestMs), again)
    }
    stop = new AbortController()
    scopes.run(scope, () => run(stop.signal).then(returned, threw))
  }

  const crash = (): void => {
    if (!open) return
    world.emit('crash', { epoch: world.incarnation }, 'world')
    tell('crash')
    world.nextIncarnation()
    inThisLife(world, restartMs, () => {
      world.emit('restart', { epoch: world.incarnation }, 'world')
      tell('restart')
      if (isFound()) start()
    })
  }

  const beginBeside = (lingersMs: number | undefined): void => {
    const old = world.incarnation
    world.overlap()
    world.emit('overlap', { epoch: world.incarnation }, 'world')
    tell('overlap')
    if (lingersMs !== undefined) world.timer(lingersMs, () => world.endLife(old))
    start()
  }

  return {
    start,
    crash,
    startAgain: (afterMs, lingersMs, overlapped, times = 1) =>
      inThisLife(world, afterMs, () => {
        if (!open) return
        overlapped()
        whileLiving(world, times, () => beginBeside(lingersMs))
      }),
    shutDown: (graceMs) => {
      scopes.run(rootScope(world), () => stop.abort())
      inThisLife(world, graceMs, crash)
    },
  }
}

/** Does it later, unless the life that goes on now is not the last one by then. */
function inThisLife(world: World, afterMs: number, then: () => void): void {
  const life = world.incarnation
  world.timer(afterMs, () => life === world.incarnation && then())
}

/** Begins so many lives more: one that dies as it begins takes the others with it. */
function whileLiving(world: World, times: number, begin: () => void): void {
  const most = world.incarnation + times
  for (let next = world.incarnation + 1; next <= most && next > world.incarnation; next++) begin()
}

export const rootScope = (world: World): Scope => ({
  world,
  incarnation: world.incarnation,
  lane: 'run',
  call: undefined,
  attempt: undefined,
  deadline: undefined,
})

/** The store was away, or what it showed was not the latest: another time the run goes on. */
const isPassing = (error: unknown): boolean => isStoreError(error) || error instanceof Fenced

/** The reason and the text. */
const whyThrown = (error: unknown): [reason: string, text: string] => [
  isStormproofError(error) ? error.code : 'threw',
  String((error as Error)?.message ?? error),
]
