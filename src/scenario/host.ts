/** Who runs a session as a host in production would: again after a crash, when people have spoken, and when its log could not be written. */

import { Fenced } from '../agent/journal.js'
import type { RunResult } from '../agent/run-session.js'
import { scopes } from '../box/scopes.js'
import { isStormproofError } from '../core/error.js'
import type { RunStatus } from '../core/event.js'
import { isStoreError } from '../core/store.js'
import { isAlive, laneScope, type Scope } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import type { ProcessControl } from '../sim/process-control.js'
import type { Company } from './people.js'
import type { Settled } from './run.js'

/** How long a crashed process takes to come back. */
const restartMs = 1_000
/** Before a session is run again whose log could not be written: doubled each time. */
const backOff = { firstMs: 1_000, longestMs: 30_000 } as const

/** One session of the process. */
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
  /** How long after the process it begins. Default: with it. */
  readonly afterMs?: number
  /** As it sees it: with its own labels and its own history. */
  readonly world: World
}

export interface Host extends ProcessControl {
  readonly start: () => void
  readonly isOpen: () => boolean
  readonly crash: () => void
}

/** What the process does with each of its sessions. */
interface Session {
  readonly isOpen: () => boolean
  readonly isFound: () => boolean
  readonly start: () => void
  readonly stop: () => void
  readonly tell: Hosted['tell']
}

/** A process with all its sessions: they live and die together. `ended` is told of each that has come to its end. */
export function hostOf(world: World, hosted: readonly Hosted[], ended: () => void): Host {
  const sessions = hosted.map((one) => sessionOf(one, ended))
  const open = (): readonly Session[] => sessions.filter(({ isOpen }) => isOpen())
  const tell = (what: 'crash' | 'restart' | 'overlap'): void => {
    for (const one of open()) one.tell(what)
  }
  /** A process that dies as it begins begins no further session. */
  const start = (some = open()): void => {
    const life = world.incarnation
    for (const one of some) if (life === world.incarnation) one.start()
  }

  const crash = (): void => {
    if (open().length === 0) return
    tell('crash')
    world.nextIncarnation()
    inThisLife(world, restartMs, () => {
      tell('restart')
      start(open().filter(({ isFound }) => isFound()))
    })
  }

  const beginBeside = (lingersMs: number | undefined): void => {
    const old = world.incarnation
    world.overlap()
    tell('overlap')
    if (lingersMs !== undefined) world.timer(lingersMs, () => world.endLife(old))
    start()
  }

  return {
    start: () => {
      const life = world.incarnation
      for (const [place, one] of sessions.entries()) {
        const { afterMs = 0 } = hosted[place] as Hosted
        if (life !== world.incarnation) return
        if (afterMs === 0) one.start()
        else inThisLife(world, afterMs, one.start)
      }
    },
    isOpen: () => open().length > 0,
    crash,
    startAgain: (afterMs, lingersMs, overlapped, times = 1) =>
      inThisLife(world, afterMs, () => {
        if (open().length === 0) return
        overlapped()
        whileLiving(world, times, () => beginBeside(lingersMs))
      }),
    shutDown: (graceMs) => {
      for (const one of sessions) one.stop()
      inThisLife(world, graceMs, crash)
    },
  }
}

function sessionOf({ world, run, awaits, isFound, settled, tell }: Hosted, ended: () => void): Session {
  let open = true
  let refusals = 0
  let stop = new AbortController()

  const settle = (life: number, status: RunStatus, reason: string, result: string, error?: unknown): void => {
    open = false
    world.emit('run-settled', { status, reason, result }, 'run')
    settled({ status, reason, result, error }, life)
    ended()
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
    /**
     * A store that is away comes back when the storm ends at the latest: a run that began after that gives up for good. One that an
     * earlier life has overtaken does not: that life has no host any more.
     */
    const threw = (error: unknown): void => {
      if (!isLast()) return
      if (!isPassing(error) || (inCalm && !(error instanceof Fenced)))
        return settle(life, 'failed', ...whyThrown(error), error)
      world.timer(Math.min(backOff.firstMs * 2 ** refusals++, backOff.longestMs), again)
    }
    stop = new AbortController()
    scopes.run(scope, () => run(stop.signal).then(returned, threw))
  }

  return {
    isOpen: () => open,
    isFound,
    start,
    stop: () => scopes.run(rootScope(world), () => stop.abort()),
    tell: (what) => {
      world.emit(what, { epoch: world.incarnation }, 'world')
      tell(what)
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

export const rootScope = (world: World): Scope => laneScope(world, 'run')

/** The store was away, or what it showed was not the latest: another time the run goes on. */
const isPassing = (error: unknown): boolean => isStoreError(error) || error instanceof Fenced

/** The reason and the text. */
const whyThrown = (error: unknown): [reason: string, text: string] => [
  isStormproofError(error) ? error.code : 'threw',
  String((error as Error)?.message ?? error),
]
