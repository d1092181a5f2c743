/** Who runs a session as a host in production would: again after a crash, when people have spoken, and when its log could not be written. */

import { Fenced } from '../agent/journal.js'
import type { RunResult } from '../agent/run-session.js'
import { scopes } from '../box/scopes.js'
import { isStormproofError } from '../core/error.js'
import type { RunStatus } from '../core/event.js'
import { isStoreError } from '../core/store.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import type { Company } from './people.js'
import type { Settled } from './run.js'

/** How long a crashed process takes to come back. */
const restartMs = 1_000
/** Before a session is run again whose log could not be written: doubled each time. */
const backOff = { firstMs: 1_000, longestMs: 30_000 } as const

export interface Hosted {
  /** Runs the session from whatever its log holds. */
  readonly run: () => Promise<RunResult>
  readonly awaits: Company['awaits']
  /** Told once, when the session has come to its end, before the world is. */
  readonly settled: (settled: Settled) => void
  /** Told when a run that was overtaken returns after that, and it was the last. */
  readonly trailed: () => void
  /** What happens to the whole process. */
  readonly tell: (type: 'crash' | 'restart') => void
}

export interface Host {
  readonly start: () => void
  /** Runs the session beside whoever runs it now; false where there is nothing left to run. */
  readonly startAgain: () => boolean
  /** Runs that have not returned. */
  readonly running: () => number
  readonly crash: () => void
}

export function hostOf(world: World, { run, awaits, settled, trailed, tell }: Hosted): Host {
  let open = true
  let refusals = 0
  /** Runs of this life that have not returned: whoever overtook another goes on. */
  let running = 0

  const settle = (status: RunStatus, reason: string, result: string, error?: unknown): void => {
    open = false
    world.emit('run-settled', { status, reason, result }, 'run')
    settled({ status, reason, result, error })
    world.rootSettled()
  }

  const start = (): void => {
    const scope = rootScope(world)
    const inCalm = world.tape.calm
    const again = (): void => void (isAlive(scope) && open && start())
    const returned = (result: RunResult): void => {
      if (!isAlive(scope)) return
      running--
      if (!open) return running === 0 ? trailed() : undefined
      if (result.status === 'waiting' && awaits(result, again)) return
      settle(result.status as RunStatus, result.reason, result.text)
    }
    /** A store that is away comes back when the storm ends at the latest: a run that began after that gives up for good. */
    const threw = (error: unknown): void => {
      if (!isAlive(scope)) return
      running--
      if (!open) return running === 0 ? trailed() : undefined
      if (error instanceof Fenced && running > 0) return
      if (!isPassing(error) || inCalm) return settle('failed', ...whyThrown(error), error)
      world.timer(Math.min(backOff.firstMs * 2 ** refusals++, backOff.longestMs), again)
    }
    running++
    scopes.run(scope, () => run().then(returned, threw))
  }

  return {
    start,
    running: () => running,
    startAgain: () => {
      if (!open || running === 0) return false
      start()
      return true
    },
    crash: () => {
      if (!open) return
      running = 0
      world.emit('crash', { epoch: world.incarnation }, 'world')
      tell('crash')
      world.nextIncarnation()
      world.timer(restartMs, () => {
        world.emit('restart', { epoch: world.incarnation }, 'world')
        tell('restart')
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

/** The store was away, or what it showed was not the latest: another time the run goes on. */
const isPassing = (error: unknown): boolean => isStoreError(error) || error instanceof Fenced

/** The reason and the text. */
const whyThrown = (error: unknown): [reason: string, text: string] => [
  isStormproofError(error) ? error.code : 'threw',
  String((error as Error)?.message ?? error),
]
