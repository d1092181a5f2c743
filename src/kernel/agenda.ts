/** What is still to happen: a heap by (due, sequence), and the completions that are held behind others. */

import type { Place } from './tape.js'

/** `completion`: an answer of the world, which may be held. `timer`: a promise about time, which may not, and which bounds every hold. */
export interface Entry {
  due: number
  readonly sequence: number
  readonly kind: 'completion' | 'timer'
  readonly run: () => void
  /** How many other completions pass this one; counts down as they do. */
  hold: number
  cancelled: boolean
  /** Where somebody chooses what comes next: this one's share in that. `hold` is then how many more may pass it. */
  place?: Place
  /** Whether it waits while the agent's process stands still. */
  isForProcess: boolean
  /** Told at every completion that passes this one. */
  onPassed?: () => void
}

export class Agenda {
  readonly #heap: Entry[] = []
  readonly #held: Entry[] = []
  #sequence = 0

  add(due: number, kind: Entry['kind'], hold: number, run: () => void): Entry {
    const entry: Entry = { due, sequence: this.#sequence++, kind, run, hold, cancelled: false, isForProcess: false }
    push(this.#heap, entry)
    return entry
  }

  /** Puts back what was taken out. */
  again(entry: Entry): void {
    push(this.#heap, entry)
  }

  /** Removes and returns what happens next; undefined when nothing is left. */
  next(): Entry | undefined {
    for (;;) {
      const released = this.#release()
      if (released) return released
      const top = this.#heap[0]
      if (top === undefined || (top.kind === 'timer' && !top.cancelled)) {
        const first = this.#held[0]
        // A completion that was held too early, before this timer was set, may be due after it.
        if (first === undefined || (top && before(top, first))) return top && pop(this.#heap)
        this.#held.shift()
        if (!first.cancelled) return first
        continue
      }
      pop(this.#heap)
      if (top.cancelled) continue
      if (top.hold > 0) {
        this.#keep(top)
        continue
      }
      for (const entry of this.#held) if (before(entry, top)) pass(entry)
      return top
    }
  }

  /**
   * The same where somebody chooses among the completions that may come: those due before the next timer, up to the first that
   * nobody may pass. `choose` gives an index into their places.
   */
  chosen(choose: (places: readonly Place[]) => number): Entry | undefined {
    const timer = this.#gather()
    const places: Place[] = []
    let last: Entry | undefined
    for (const entry of this.#held) {
      if (timer && before(timer, entry)) break
      last = entry
      if (entry.place) places.push(entry.place)
      if (entry.hold <= 0) break
    }
    if (!last) return timer && pop(this.#heap)
    // Only the last can be without a place: nobody passes it.
    const index = places.length > 0 ? choose(places) : 0
    const [entry] = this.#held.splice(index, 1)
    for (let i = 0; i < index; i++) pass(this.#held[i] as Entry)
    if (entry) entry.hold = 0
    return entry
  }

  /** Everything but the next timer, and what comes after it, stands among the held. */
  #gather(): Entry | undefined {
    for (let i = this.#held.length; i-- > 0; ) if (this.#held[i]?.cancelled) this.#held.splice(i, 1)
    for (;;) {
      const top = this.#heap[0]
      if (!top || (top.kind === 'timer' && !top.cancelled)) return top
      pop(this.#heap)
      if (!top.cancelled) this.#keep(top)
    }
  }

  /** Live entries, the held ones included. */
  pending(): Entry[] {
    return [...this.#heap, ...this.#held].filter((entry) => !entry.cancelled)
  }

  /** Held entries stand in the order they would have come in. */
  #keep(entry: Entry): void {
    let i = this.#held.length
    while (i > 0 && before(entry, this.#held[i - 1] as Entry)) i--
    this.#held.splice(i, 0, entry)
  }

  #release(): Entry | undefined {
    if (this.#held.length === 0) return undefined
    const index = this.#held.findIndex((entry) => entry.hold <= 0 || entry.cancelled)
    if (index < 0) return undefined
    const [entry] = this.#held.splice(index, 1)
    if (entry?.cancelled) return this.#release()
    // It passes those that stood before it: without this, not every order would be an order of holds.
    for (let i = 0; i < index; i++) pass(this.#held[i] as Entry)
    return entry
  }
}

function pass(entry: Entry): void {
  entry.hold--
  if (entry.place) entry.place.passed++
  entry.onPassed?.()
}

function before(a: Entry, b: Entry): boolean {
  return a.due < b.due || (a.due === b.due && a.sequence < b.sequence)
}

function push(heap: Entry[], entry: Entry): void {
  let i = heap.length
  heap.push(entry)
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (!before(entry, heap[parent] as Entry)) break
    heap[i] = heap[parent] as Entry
    i = parent
  }
  heap[i] = entry
}

function pop(heap: Entry[]): Entry | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (top === undefined || last === undefined || heap.length === 0) return top
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++
    if (!before(heap[child] as Entry, last)) break
    heap[i] = heap[child] as Entry
    i = child
  }
  heap[i] = last
  return top
}
