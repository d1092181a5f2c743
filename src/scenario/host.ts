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
  /** What happens to the whole process. */
  readonly tell: (type: 'crash' | 'restart') => void
}

export interface Host {
  readonly start: () => void
  readonly crash: () => void
}

export function hostOf(world: World, { run, awaits, settled, tell }: Hosted): Host {
  let open = true
  let refusals = 0

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
      if (!isAlive(scope) || !open) return
      if (result.status === 'waiting' && awaits(result, again)) return
      settle(result.status as RunStatus, result.reason, result.text)
    }
    /** A store that is away comes back when the storm ends at the latest: a run that began after that gives up for good. */
    const threw = (error: unknown): void => {
      if (!isAlive(scope) || !open) return
      if (!isPassing(error) || inCalm) return settle('failed', ...whyThrown(error), error)
      world.timer(Math.min(backOff.firstMs * 2 ** refusals++, backOff.longestMs), again)
    }
    scopes.run(scope, () => run().then(returned, threw))
  }

  return {
    start,
    crash: () => {
      if (!open) return
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
