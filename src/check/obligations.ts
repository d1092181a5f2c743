/** Promises about what comes after an event: each such event opens an obligation, which later ones keep or break. */

import type { AnyEvent, EventOf } from '../core/event.js'
import { heard, heardEffect, heardTypes } from './heard-event.js'
import type { Check } from './invariant.js'
import type { Judge, Judgement } from './judgement.js'
import { begun, concluded, type Met, progress } from './progress.js'
import { type Formula, type Temporal, type Term, temporal, wordsOf } from './temporal.js'

/** By name of what happened: what must come of it. Undefined: nothing. */
export type After = Readonly<
  Record<string, ((event: any, words: Temporal<any>) => Formula<any> | undefined) | undefined>
>

interface Obligation {
  readonly name: string
  readonly seq: number
  readonly owed: Term
  left: Term
}

interface State {
  open: readonly Obligation[]
}

/** One event may be heard by several promises under two names: it is copied when somebody asks. */
class MetEvent implements Met {
  readonly #event: AnyEvent
  readonly #told = new Map<string, unknown>()

  constructor(event: AnyEvent) {
    this.#event = event
  }

  get seq(): number {
    return this.#event.seq
  }

  get vt(): number {
    return this.#event.vt
  }

  as(name: string): unknown {
    if (!this.names.includes(name)) return undefined
    const told = this.#told.get(name) ?? this.#tell(name)
    this.#told.set(name, told)
    return told
  }

  get names(): readonly string[] {
    const event = this.#event
    return event.type === 'effect-applied' ? [`${event.backend}.${event.operation}`, event.type] : [event.type]
  }

  #tell(name: string): unknown {
    if (name === this.#event.type) return heard(this.#event as EventOf<any>)
    return heardEffect(this.#event as EventOf<'effect-applied'>)
  }
}

/** Judged as events come; where a budget ended the trial and something was still owed, nobody knows. */
export function judgedAfter(after: After): Pick<Check<State>, 'start' | 'on' | 'atRest'> {
  const hear = (state: State, event: AnyEvent, judge: Judge): Judgement => {
    const met = new MetEvent(event)
    const broken = state.open.length > 0 ? goOn(state, met, judge) : undefined
    if (broken) return broken
    const owed = met.names.flatMap((name) => {
      const term = after[name]?.(met.as(name), temporal) as Term | undefined
      return term ? [{ name, seq: met.seq, owed: term, left: begun(term, met.vt) }] : []
    })
    if (owed.length === 0) return judge.skip
    state.open = [...state.open, ...owed]
    return judge.held
  }
  return {
    start: () => ({ open: [] }),
    on: Object.fromEntries(heardTypes.map((type) => [type, hear])),
    atRest: (state, judge, truncated) => {
      for (const one of state.open) {
        const end = concluded(one.left, !truncated)
        if (end === undefined)
          return judge.unknown(`the trial ended by a budget when this was still owed ${wordsAfter(one)}`)
        if (!end.holds) return broke(one, end.shows, 'when the world came to rest', judge)
      }
      return judge.skip
    },
  }
}

/** Undefined: none is broken. */
function goOn(state: State, met: MetEvent, judge: Judge): Judgement | undefined {
  const open: Obligation[] = []
  for (const one of state.open) {
    one.left = progress(one.left, met)
    if (one.left.kind !== 'decided') open.push(one)
    else if (!one.left.holds) return broke(one, one.left.shows, `at ${met.vt} ms`, judge)
  }
  state.open = open
  return undefined
}

const wordsAfter = ({ name, owed }: Obligation): string => `after ${name}: ${wordsOf(owed)}`

const broke = (one: Obligation, shows: readonly number[], when: string, judge: Judge): Judgement =>
  judge.broken(`${wordsAfter(one)}; ${when} that could no longer be`, { witness: [one.seq, ...shows] })
