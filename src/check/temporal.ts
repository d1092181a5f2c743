/** What must come of an event later on, as values: formulas over the events that follow, of linear temporal logic with bounds in time. */

import { StormproofError } from '../core/error.js'
import type { HeardByName } from './heard-event.js'

/** `O`: the events that can be heard, by name. */
export interface Formula<in O = never> {
  readonly '~over'?: (heard: O) => void
}

/** Something that is true or false of one event. */
export interface Moment<in O = never> {
  readonly '~at'?: (heard: O) => void
}

/** What stands behind a moment. */
export type AtOnce =
  | {
      readonly kind: 'happens'
      readonly name: string
      readonly test: ((event: any) => boolean | Formula<any>) | undefined
    }
  | { readonly kind: 'not'; readonly moment: AtOnce }

/** What stands behind a formula. `decided`, `all` and `any` come of judging: no user writes them. `byVt`: when the time is up, once it runs. */
export type Term =
  | { readonly kind: 'decided'; readonly holds: boolean; readonly shows: readonly number[] }
  | { readonly kind: 'eventually'; readonly moment: AtOnce }
  | { readonly kind: 'until'; readonly hold: AtOnce; readonly goal: AtOnce }
  | { readonly kind: 'within'; readonly ms: number; readonly inner: Term; readonly byVt?: number }
  | { readonly kind: 'not'; readonly inner: Term }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Term[] }

/** The words, for events that are heard under the names of `O`: a promise is handed those that know its backends. */
export interface Temporal<O> {
  /**
   * The event is such a one. `test` looks at it, and may say what must come after it in turn: then it counts if that comes.
   * `happens('mail.send', ({ input }) => input.to === 'ann@shop.example')`
   */
  happens<K extends keyof O & string>(name: K, test?: (event: O[K]) => boolean | Formula<O>): Moment<O>
  /** The opposite: of a moment, any event but such a one; of a formula, that it is broken. */
  not(moment: Moment<O>): Moment<O>
  not(formula: Formula<O>): Formula<O>
  /** Such an event comes, sooner or later. */
  eventually(moment: Moment<O>): Formula<O>
  /** `goal` comes, and `hold` is true of every event before it: `until(not(happens('shop.refund')), happens('approval-decided'))`. */
  until(hold: Moment<O>, goal: Moment<O>): Formula<O>
  /**
   * Judged by what comes in so many milliseconds of simulated time, the last one included, as if nothing came after. Throws a `scenario`
   * error for what is no time.
   */
  within(ms: number, formula: Formula<O>): Formula<O>
}

/** For events of every agent, by their names in `HeardEvents`; effects are known to the words that a promise is handed. */
export const temporal: Temporal<HeardByName> = {
  happens: (name, test) => moment({ kind: 'happens', name, test }),
  not,
  eventually: (one) => formula({ kind: 'eventually', moment: one as AtOnce }),
  until: (hold, goal) => formula({ kind: 'until', hold: hold as AtOnce, goal: goal as AtOnce }),
  within: (ms, inner) => {
    if (!(ms >= 0))
      throw new StormproofError('scenario', `within(${ms}, …) is no time`, { remedy: 'give milliseconds, 0 or more' })
    return formula({ kind: 'within', ms, inner: inner as Term })
  },
}

type Plain = Temporal<HeardByName>

export const happens: Plain['happens'] = temporal.happens
export const eventually: Plain['eventually'] = temporal.eventually
export const until: Plain['until'] = temporal.until
export const within: Plain['within'] = temporal.within

export function not<O>(one: Moment<O>): Moment<O>
export function not<O>(one: Formula<O>): Formula<O>
export function not(one: object): object {
  const { kind } = one as AtOnce | Term
  const isMoment = kind === 'happens' || (kind === 'not' && 'moment' in one)
  return isMoment ? { kind: 'not', moment: one } : { kind: 'not', inner: one }
}

const moment = (one: AtOnce): Moment<any> => one as object
const formula = (term: Term): Formula<any> => term as object

/** In words. */
export function wordsOf(term: Term): string {
  switch (term.kind) {
    case 'eventually':
      return `eventually ${momentWords(term.moment)}`
    case 'until':
      return `${momentWords(term.hold)} until ${momentWords(term.goal)}`
    case 'within':
      return `within ${term.ms} ms ${wordsOf(term.inner)}`
    case 'not':
      return oppositeWords(term.inner)
    case 'decided':
      return term.holds ? 'anything' : 'nothing'
    default:
      return term.of.map(wordsOf).join(term.kind === 'all' ? ' and ' : ' or ')
  }
}

function oppositeWords(term: Term): string {
  if (term.kind === 'eventually') return `never ${momentWords(term.moment)}`
  if (term.kind === 'until' && term.hold.kind === 'not')
    return `no ${momentWords(term.goal)} before ${momentWords(term.hold.moment)}`
  return `not (${wordsOf(term)})`
}

const momentWords = (moment: AtOnce): string =>
  moment.kind === 'not' ? `no ${momentWords(moment.moment)}` : moment.name
