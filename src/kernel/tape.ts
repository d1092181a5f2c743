/** The tape: every decision of a simulation, by site label and by the name of the chosen alternative, never as random bits. */

import { hash32 } from '../core/digest.js'
import type { Fingerprint } from './fingerprint.js'
import type { ChoiceKind, Ready, Source } from './source.js'

/** A choice that was not the simplest. `seq`: how many events the history held when it was made. */
export interface Decision {
  readonly label: string
  readonly kind: ChoiceKind
  readonly alternative: string
  readonly seq: number
}

/** A site that was reached, with all it offered: what exhaustive search extends. */
export interface VisitedSite {
  readonly label: string
  readonly kind: ChoiceKind
  readonly alternatives: readonly string[]
  readonly seq: number
}

/** The hold of a completion that the source puts into its place when it may come: counts up as others pass it. */
export interface Place extends Ready {
  readonly seq: number
  passed: number
}

export class Tape {
  /** Once true, every choice is the simplest and none is recorded: the calm after the storm. */
  calm = false
  /** Filled only when asked for: the random search needs no list of sites. */
  readonly visited: VisitedSite[] | undefined
  readonly #made: (Decision | Place)[] = []
  readonly #source: Source
  readonly #fingerprint: Fingerprint
  readonly #met = new Map<string, number>()
  readonly #position: () => number

  constructor(source: Source, fingerprint: Fingerprint, position: () => number, keepSites = false) {
    this.#source = source
    this.#fingerprint = fingerprint
    this.#position = position
    this.visited = keepSites ? [] : undefined
    source.begin?.(position)
  }

  /** In the order of their sites. */
  get decisions(): readonly Decision[] {
    return this.isOrdered ? this.#made.flatMap(settled) : (this.#made as readonly Decision[])
  }

  /** The source chooses what comes next, in place of holds. */
  get isOrdered(): boolean {
    return this.#source.next !== undefined
  }

  /** A completion whose place the source will choose; undefined where it has none but the first. */
  place(label: string, alternatives: readonly string[]): Place | undefined {
    if (this.calm) return undefined
    const site = this.#unique(label)
    const place = { label: site, hash: hash32(site), passed: 0, seq: this.#position() }
    this.visited?.push({ label: site, kind: 'hold', alternatives, seq: place.seq })
    this.#made.push(place)
    return place
  }

  /** Chooses which completion comes next. */
  next(ready: readonly Ready[]): number {
    const index = this.calm ? 0 : (this.#source.next?.(ready) ?? 0)
    if (index > 0) this.#fingerprint.mix((ready[index] as Ready).hash ^ index)
    return index
  }

  /** Chooses among named alternatives; the first is the simplest. Returns its index. */
  pick(label: string, kind: ChoiceKind, alternatives: readonly string[]): number {
    if (this.calm || alternatives.length < 2) return 0
    const site = this.#unique(label)
    const hash = hash32(site)
    this.visited?.push({ label: site, kind, alternatives, seq: this.#position() })
    const index = this.#source.pick(site, hash, kind, alternatives)
    this.#record(site, hash, kind, index, alternatives[index] as string)
    return index
  }

  /** Chooses a whole number in `[0, bound)`; 0 is the simplest. */
  below(label: string, bound: number): number {
    if (this.calm || bound < 2) return 0
    const site = this.#unique(label)
    const hash = hash32(site)
    const value = this.#source.below(site, hash, bound)
    this.#record(site, hash, 'data', value, String(value))
    return value
  }

  #record(label: string, hash: number, kind: ChoiceKind, index: number, alternative: string): void {
    if (index === 0) return
    this.#fingerprint.mix(hash ^ index)
    this.#made.push({ label, kind, alternative, seq: this.#position() })
  }

  /** A label met again (a second incarnation asks for the same site) gets an ordinal within itself. */
  #unique(label: string): string {
    const times = this.#met.get(label) ?? 0
    this.#met.set(label, times + 1)
    return times === 0 ? label : `${label}~${times}`
  }
}

function settled(one: Decision | Place): readonly Decision[] {
  if (!('passed' in one)) return [one]
  const { label, passed, seq } = one
  return passed === 0 ? [] : [{ label, kind: 'hold', alternative: String(passed), seq }]
}
