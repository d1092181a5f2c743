/** The port of durability: an append-only log a session, guarded by version (compare-and-set) and epoch (fencing). */

import type { LogEvent } from './event.js'
import type { Json } from './json.js'

export interface Loaded {
  /** Number of events in the log. */
  readonly version: number
  /** This opener's epoch; every earlier one is fenced from now on. */
  readonly epoch: number
  readonly events: readonly LogEvent[]
}

export type Appended =
  | { readonly kind: 'ok'; readonly version: number }
  /** Somebody else wrote first: nothing was applied. */
  | { readonly kind: 'conflict'; readonly version: number }
  /** A later epoch owns the session: nothing was applied, nor ever will be. */
  | { readonly kind: 'fenced'; readonly epoch: number }

/** What a writer of a log, or of a cell, believes it to be. */
interface Held {
  readonly version: number
  readonly epoch: number
}

/** Why a store writes nothing of an append; undefined: it goes where its writer believes that the log ends. */
export function refusalOf(log: Held, expected: Held): Exclude<Appended, { kind: 'ok' }> | undefined {
  if (expected.epoch < log.epoch) return { kind: 'fenced', epoch: log.epoch }
  if (expected.version !== log.version) return { kind: 'conflict', version: log.version }
  return undefined
}

const brand = Symbol.for('stormproof.store-error')

/** `applied` is `no` when the store certainly wrote nothing, `unknown` when an acknowledgement was lost. */
export class StoreError extends Error {
  readonly applied: 'no' | 'unknown'
  readonly [brand] = true

  constructor(message: string, applied: 'no' | 'unknown', options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'StoreError'
    this.applied = applied
  }
}

export function isStoreError(value: unknown): value is StoreError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true
}

/** What a cell held. A cell nobody wrote has version 0 and no value. */
export interface CellContents {
  readonly version: number
  readonly value: Json | undefined
  /** When it was read, on the store's monotonic clock: the one clock that all who share the cell have in common. */
  readonly at: number
}

/** One value that several sessions and processes share. Reads and writes of one cell have one order (linearizable). */
export interface Cell {
  read(): Promise<CellContents>
  /** Compare-and-set: writes if the cell still has that version, which then grows by one. */
  write(version: number, value: Json): Promise<{ readonly kind: 'ok' | 'conflict'; readonly version: number }>
}

export interface Store {
  readonly '~store': true
  /**
   * Opens a session for writing under a new epoch. A session nobody wrote is an empty log, not an error. `requireOwn` is shown the log
   * before it is taken: where it throws, `open` rejects with that and fences nobody.
   */
  open(session: string, requireOwn?: (log: readonly LogEvent[]) => void): Promise<Loaded>
  /** All events of one append become durable together or not at all. */
  append(session: string, expected: { version: number; epoch: number }, events: readonly LogEvent[]): Promise<Appended>
  /** The log as it is now, without taking it over: how a writer learns whether an append whose answer was lost went through. */
  read(
    session: string,
  ): Promise<{ readonly version: number; readonly epoch: number; readonly events: readonly LogEvent[] }>
  /** The shared cell of that name. Nothing is asked or made before its first read or write. */
  cell(name: string): Cell
}
