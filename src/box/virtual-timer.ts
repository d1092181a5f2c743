/**
 * A timer of a world that looks like Node's. It fires in the asynchronous context it was made in, and never once its scope is dead.
 *
 * One that is unreferenced does not keep a process alive, so it does not keep the world alive either: it goes when the root has settled.
 */

import { AsyncResource } from 'node:async_hooks'
import type { Timer } from '../core/clock.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { habitatOf } from './habitat.js'
import type { AnyFunction } from './replace.js'
import { reportUncaught } from './uncaught.js'

const longestDelay = 2 ** 31 - 1

/** Node's quirk: what is not a number from 1 to 2^31-1 is one millisecond; fractions are cut off. */
export function timerDelay(delay: unknown): number {
  const milliseconds = Number(delay)
  return milliseconds >= 1 && milliseconds <= longestDelay ? Math.trunc(milliseconds) : 1
}

export class VirtualTimer {
  readonly #scope: Scope
  readonly #callback: AnyFunction
  readonly #args: unknown[]
  readonly #delayMs: number
  readonly #repeats: boolean
  readonly #context = new AsyncResource('STORMPROOF_TIMER', { requireManualDestroy: true })
  #entry: Timer | undefined
  #closed = false
  #referenced = true
  #id = 0

  constructor(scope: Scope, callback: AnyFunction, args: unknown[], delayMs: number, repeats: boolean) {
    this.#scope = scope
    this.#callback = callback
    this.#args = args
    this.#delayMs = delayMs
    this.#repeats = repeats
    this.#arm()
  }

  ref(): this {
    this.#referenced = true
    habitatOf(this.#scope.world).unreferenced.delete(this)
    return this
  }

  unref(): this {
    const habitat = habitatOf(this.#scope.world)
    this.#referenced = false
    if (habitat.settled) this.cancel()
    else if (this.#entry) habitat.unreferenced.add(this)
    return this
  }

  hasRef(): boolean {
    return this.#referenced
  }

  /** Begins again from now, also when it has fired; not when it was cleared. */
  refresh(): this {
    if (this.#closed) return this
    this.#entry?.cancel()
    this.#arm()
    return this
  }

  close(): this {
    this.cancel()
    return this
  }

  /** What `clearTimeout` does. */
  cancel(): void {
    this.#closed = true
    this.#entry?.cancel()
    this.#retire()
  }

  [Symbol.toPrimitive](): number {
    const habitat = habitatOf(this.#scope.world)
    if (this.#id === 0) this.#id = habitat.nextTimerId++
    if (this.#entry) habitat.timersById.set(this.#id, this)
    return this.#id
  }

  [Symbol.dispose](): void {
    this.cancel()
  }

  #arm(): void {
    if (!isAlive(this.#scope)) return
    const entry = this.#scope.world.timer(this.#delayMs, () => this.#fire(entry), true)
    this.#entry = entry
    if (!this.#referenced) this.unref()
  }

  #fire(entry: Timer): void {
    if (this.#entry !== entry) return
    if (!this.#repeats) this.#retire()
    if (!isAlive(this.#scope)) return
    try {
      this.#context.runInAsyncScope(this.#callback, this, ...this.#args)
    } catch (error) {
      reportUncaught(this.#scope, error)
    }
    // Unless the callback cleared it or began it again.
    if (this.#repeats && !this.#closed && this.#entry === entry) this.#arm()
  }

  #retire(): void {
    this.#entry = undefined
    if (this.#referenced && this.#id === 0) return
    const habitat = habitatOf(this.#scope.world)
    habitat.unreferenced.delete(this)
    habitat.timersById.delete(this.#id)
  }
}
