/** The single writer of a run's durable log: one append at a time, each acknowledged before the next is made. */

import { StormproofError } from '../core/error.js'
import type { LogEvent } from '../core/event.js'
import { canonical } from '../core/json.js'
import { isStoreError, type Loaded, type Store, StoreError } from '../core/store.js'
import { insist, patience } from './insist.js'
import type { Waiter } from './timed.js'

export interface JournalPorts extends Waiter {
  readonly session: string
  readonly store: Store
  /** Takes an event into the state: called once its append is acknowledged. */
  readonly take: (event: LogEvent) => void
  /** Whether events are written at once, or held back until others are. */
  readonly writesNow: (events: readonly LogEvent[]) => boolean
  /** What is written of events that were made just now; absent: all. Each says when it was made. */
  readonly recorded?: (events: readonly LogEvent[]) => readonly LogEvent[]
}

/** What to write, made when its turn has come: everything written before is then in the state. */
export type Entry = readonly LogEvent[] | (() => readonly LogEvent[])

export class Journal {
  readonly #ports: JournalPorts
  readonly #epoch: number
  #version: number
  #tail: Promise<void> = Promise.resolve()
  #held: readonly LogEvent[]

  /** `held` is written with the first append. */
  constructor(ports: JournalPorts, loaded: Loaded, held: readonly LogEvent[] = []) {
    this.#ports = ports
    this.#held = held
    this.#epoch = loaded.epoch
    this.#version = loaded.version
  }

  /**
   * Resolves when the events are durable and in the state. Rejects with `Fenced` when another writer took over, with the
   * store's error when it kept failing; nothing is written after either.
   */
  append(entry: Entry): Promise<void> {
    this.#tail = this.#after(this.#tail, entry)
    return this.#tail
  }

  async #after(earlier: Promise<void>, entry: Entry): Promise<void> {
    await earlier
    const made = typeof entry === 'function' ? entry() : entry
    const at = this.#ports.clock.now()
    const events = this.#ports.recorded?.(made) ?? made
    if (events.length === 0) return
    // In place: the events were made for this append, and a copy of each costs a fiftieth of a run.
    for (const event of events as readonly { at?: number }[]) event.at ??= at
    if (this.#ports.writesNow(events)) {
      await this.#persist(this.#held.length === 0 ? events : [...this.#held, ...events])
      this.#held = []
    } else this.#held = [...this.#held, ...events]
    for (const event of events) this.#ports.take(event)
  }

  /** A lost acknowledgement is looked up before anything is written again: an append counts once. */
  async #persist(events: readonly LogEvent[]): Promise<void> {
    const { session, store } = this.#ports
    let isDoubtful = false
    for (let attempt = 1; ; attempt++) {
      const expected = { version: this.#version, epoch: this.#epoch }
      let problem: unknown
      try {
        const answer = await store.append(session, expected, events)
        if (answer.kind === 'ok') {
          this.#version = answer.version
          return
        }
        if (isDoubtful && answer.kind === 'conflict' && (await this.#holds(events, answer.version))) return
        throw new Fenced(session)
      } catch (error) {
        if (error instanceof Fenced) throw error
        problem = error
        isDoubtful ||= !isStoreError(error) || error.applied === 'unknown'
      }
      if (isDoubtful && (await this.#holds(events, this.#version))) return
      await patience(this.#ports, attempt, problem)
    }
  }

  /** Whether the log goes on with exactly these events. A log shorter than `atLeast` is an old copy: it is read again. */
  async #holds(events: readonly LogEvent[], atLeast: number): Promise<boolean> {
    const { session, store } = this.#ports
    const log = await insist(this.#ports, async () => {
      const read = await store.read(session)
      if (read.version < atLeast) throw new StoreError(`session ${session} was read as it used to be`, 'no')
      return read
    })
    if (log.epoch > this.#epoch) throw new Fenced(session)
    if (log.version === this.#version) return false
    const written = log.events.slice(this.#version, this.#version + events.length)
    if (canonical(written) !== canonical(events)) throw new Fenced(session)
    this.#version += events.length
    return true
  }
}

/** This incarnation no longer owns its session: it wrote nothing more and started nothing more. */
export class Fenced extends StormproofError {
  constructor(session: string) {
    super('internal', `session ${session} is owned by a later run of it`, {
      remedy: 'let the later run go on, or run the session again once it has stopped',
    })
    this.name = 'Fenced'
  }
}
