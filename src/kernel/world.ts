/** One simulated world: a tape that decides, a clock that jumps from event to event, a history of all that happened. */

import type { Timer } from '../core/clock.js'
import { hash32, mix32 } from '../core/digest.js'
import type { AnyEvent, EventMap, EventType, LogEvent } from '../core/event.js'
import { Agenda, type Entry } from './agenda.js'
import { Fingerprint } from './fingerprint.js'
import { EffectLedger } from './ledger.js'
import { Lives } from './lives.js'
import type { Scope, ScopePort } from './scope.js'
import type { Source } from './source.js'
import { Tape } from './tape.js'

export interface WorldOptions {
  readonly source: Source
  readonly scopes: ScopePort
  /** Calls back after one macrotask, when the agent's code has run as far as it can without the world. */
  readonly boundary: (then: () => void) => void
  /** Wall clock at virtual time 0. */
  readonly epochMs: number
  readonly maxSteps: number
  /** How long the world goes on after the root has settled, so that effects that land late are seen. */
  readonly horizonMs: number
  /** Virtual time after which the trial is stopped. */
  readonly budgetMs: number
  readonly keepSites?: boolean
  /** The wall clock of the process stays right, whoever sets it. */
  readonly isWallRight?: boolean
  /** Calls back after a real wait: whether a world with nothing left to do is truly stuck. */
  readonly patience?: (then: () => void) => void
  readonly onEvent?: (event: AnyEvent, world: World) => void
}

/** How a trial ended: `rest`, nothing left to do; `deadlock`, nothing left but the root still waits; the others by a budget. */
export type Ending = 'rest' | 'deadlock' | 'steps' | 'time' | 'stopped'

const typeHash = new Map<string, number>()

export class World {
  readonly tape: Tape
  readonly fingerprint = new Fingerprint()
  readonly ledger = new EffectLedger()
  readonly events: AnyEvent[] = []
  readonly scopes: ScopePort
  readonly epochMs: number
  /** What others keep for this world, each under a symbol of its own. */
  readonly kept = new Map<symbol, unknown>()
  /** How many events the whole world has seen, those of sessions beside this history included: the next one's place in the one order. */
  position = 0
  readonly lives: Lives
  /** The world has ended: what its orphans still do is swallowed. */
  over = false
  #now = 0
  #wallOffset = 0
  #steps = 0
  #stopped = false
  #rootSettledAt: number | undefined
  readonly #agenda = new Agenda()
  readonly #options: WorldOptions
  readonly #draws = new Map<string, number>()
  #timers = 0
  /** Told before the agent's process looks at its wall clock. */
  beforeWall: (() => void) | undefined
  #standing: { readonly timersFirst: boolean; readonly missed: () => void; readonly waiting: Entry[] } | undefined
  readonly #whenSettled: (() => void)[] = []

  constructor(options: WorldOptions) {
    this.#options = options
    this.scopes = options.scopes
    this.lives = new Lives(options.scopes)
    this.epochMs = options.epochMs
    this.tape = new Tape(options.source, this.fingerprint, () => this.position, options.keepSites ?? false)
  }

  /** Virtual monotonic milliseconds since the trial began. */
  get now(): number {
    return this.#now
  }

  /** The time of day, for everybody but the agent's process. */
  get timeOfDay(): number {
    return this.epochMs + this.#now
  }

  /** What the wall clock of the agent's process shows; in the calm it is right. */
  get wall(): number {
    this.beforeWall?.()
    return this.tape.calm ? this.timeOfDay : this.timeOfDay + this.#wallOffset
  }

  get steps(): number {
    return this.#steps
  }

  /** Moves the wall clock of the process alone; monotonic time goes on. */
  jumpWall(byMs: number): void {
    if (!this.#options.isWallRight) this.#wallOffset += byMs
  }

  emit<K extends EventType>(type: K, payload: EventMap[K], lane: string): void {
    this.#append({
      seq: this.position++,
      vt: this.#now,
      lane,
      incarnation: this.acting,
      type,
      ...payload,
    } as unknown as AnyEvent)
  }

  /** Appends what a store applied for the life that wrote it. */
  emitApplied(event: LogEvent, lane: string, incarnation: number = this.incarnation): void {
    this.#append({ seq: this.position++, vt: this.#now, lane, incarnation, ...event } as AnyEvent)
  }

  #append(event: AnyEvent): void {
    this.events.push(event)
    let hash = typeHash.get(event.type)
    if (hash === undefined) {
      hash = hash32(event.type)
      typeHash.set(event.type, hash)
    }
    this.fingerprint.mix(hash ^ mix32(this.#now) ^ event.incarnation)
    this.#options.onEvent?.(event, this)
  }

  /** An answer of the world, `delayMs` from now; whether others pass it is a choice at `label@hold`. */
  complete(label: string, delayMs: number, run: () => void): Entry {
    const entry = this.happen(label, delayMs, run)
    entry.isForProcess = true
    return entry
  }

  /** The same for what does not wait while the agent's process stands still. */
  happen(label: string, delayMs: number, run: () => void): Entry {
    const site = `${label}@hold`
    const place = this.tape.isOrdered ? this.tape.place(site, HOLDS) : undefined
    const hold = place ? HOLDS.length - 1 : this.tape.isOrdered ? 0 : this.tape.pick(site, 'hold', HOLDS)
    const entry = this.#agenda.add(this.#now + delayMs, 'completion', hold, run)
    if (place) entry.place = place
    return entry
  }

  /** Something that must happen at its time: never held. One of the agent's process fires late where that stands still. */
  timer(delayMs: number, run: () => void, isOfProcess = false): Timer {
    this.#timers++
    const entry = this.#agenda.add(this.#now + delayMs, 'timer', 0, () => {
      this.#timers--
      entry.cancelled = true
      run()
    })
    entry.isForProcess = isOfProcess
    return {
      cancel: () => {
        if (entry.cancelled) return
        this.#timers--
        entry.cancelled = true
      },
    }
  }

  /**
   * The agent's process stands still: what is meant for it comes when it goes on, in its order, or timers first, as where they
   * are looked at before what has arrived. `missed` is told when there is something.
   */
  standStill(forMs: number, timersFirst: boolean, missed: () => void): void {
    if (this.#standing) return
    this.#standing = { timersFirst, missed, waiting: [] }
    this.timer(forMs, () => this.goOn())
  }

  goOn(): void {
    const { waiting = [], timersFirst = false } = this.#standing ?? {}
    this.#standing = undefined
    for (const entry of waiting) {
      if (entry.cancelled) continue
      if (timersFirst && entry.kind === 'completion') entry.due = this.#now
      this.#agenda.again(entry)
    }
  }

  #next(): Entry | undefined {
    for (;;) {
      const entry = this.tape.isOrdered ? this.#agenda.chosen((ready) => this.tape.next(ready)) : this.#agenda.next()
      if (!entry?.isForProcess || !this.#standing) return entry
      this.#standing.waiting.push(entry)
      this.#standing.missed()
    }
  }

  /** Chance that is no decision: a pure function of label and ordinal, the same under every seed, in `[0, 2^32)`. */
  chance(label: string): number {
    const times = this.#draws.get(label) ?? 0
    this.#draws.set(label, times + 1)
    return mix32(hash32(label) ^ Math.imul(times + 1, 0x9e3779b1))
  }

  /** Ends the trial after the current event. */
  stop(): void {
    this.#stopped = true
  }

  /** Told by whoever started the root that it has settled; the world then goes on to its horizon. */
  rootSettled(): void {
    if (this.#rootSettledAt !== undefined) return
    this.#rootSettledAt = this.#now
    for (const tell of this.#whenSettled) tell()
  }

  /** Calls back once, when the root settles. */
  whenRootSettled(tell: () => void): void {
    this.#whenSettled.push(tell)
  }

  /** Which life of the agent this is, from 1. */
  get incarnation(): number {
    return this.lives.incarnation
  }

  nextIncarnation(): number {
    return this.lives.nextIncarnation()
  }

  overlap(): number {
    return this.lives.overlap()
  }

  endLife(incarnation: number): void {
    this.lives.endLife(incarnation)
  }

  isLiving(incarnation: number): boolean {
    return this.lives.isLiving(incarnation)
  }

  /** Which life acts now: of several the one whose code it is. */
  get acting(): number {
    return this.lives.acting
  }

  /** Timers that somebody of the living still waits for. */
  get liveTimers(): number {
    return this.#timers
  }

  /** Steps until nothing is left, a budget ends, or somebody stops it. */
  run(scope: Scope, root: () => void): Promise<Ending> {
    return new Promise((resolve, reject) => {
      const end = (ending: Ending): void => {
        this.over = true
        resolve(ending)
      }
      let waited = false
      const step = (): void => {
        const ending = this.#ending()
        if (ending) return end(ending)
        const entry = this.#next()
        if (!entry) {
          if (this.#rootSettledAt !== undefined) return end('rest')
          if (waited || !this.#options.patience) return end('deadlock')
          waited = true
          return this.#options.patience(step)
        }
        waited = false
        if (this.#rootSettledAt !== undefined && entry.due > this.#rootSettledAt + this.#options.horizonMs)
          return end('rest')
        if (entry.due > this.#options.budgetMs) return end('time')
        if (entry.due > this.#now) this.#now = entry.due
        this.#steps++
        try {
          entry.run()
        } catch (error) {
          reject(error)
          return
        }
        this.#options.boundary(step)
      }
      this.scopes.run(scope, root)
      this.#options.boundary(step)
    })
  }

  #ending(): Ending | undefined {
    if (this.#stopped) return 'stopped'
    return this.#steps >= this.#options.maxSteps ? 'steps' : undefined
  }
}

/** A completion may let up to seven others pass. */
const HOLDS: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7']
