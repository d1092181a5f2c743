/** Judges a formula event by event: what is left to be seen of it after each, until it is decided (Bacchus and Kabanza 1998). */

import type { AtOnce, Term } from './temporal.js'

type Decided = Extract<Term, { kind: 'decided' }>

/** An event as formulas see it. */
export interface Met {
  readonly seq: number
  readonly vt: number
  /** What its author knows of it under this name; undefined where it has another. */
  as(name: string): unknown
}

/** From now on, virtual milliseconds since the trial began. */
export function begun(term: Term, vt: number): Term {
  if (term.kind === 'within') return { ...term, inner: begun(term.inner, vt), byVt: vt + term.ms }
  return term.kind === 'not' ? { kind: 'not', inner: begun(term.inner, vt) } : term
}

/** What is left of it once this event has come. */
export function progress(term: Term, event: Met): Term {
  switch (term.kind) {
    case 'decided':
      return term
    case 'eventually':
      return joined('any', [at(term.moment, event), term])
    case 'until':
      return joined('any', [at(term.goal, event), joined('all', [at(term.hold, event), term])])
    case 'not':
      return negated(progress(term.inner, event))
    case 'within': {
      const isOver = event.vt > (term.byVt as number)
      const inner = isOver ? (concluded(term.inner, true) as Decided) : progress(term.inner, event)
      return inner.kind === 'decided' ? inner : { ...term, inner }
    }
    default:
      return joined(
        term.kind,
        term.of.map((one) => progress(one, event)),
      )
  }
}

/** The verdict where no more events come: all there are (`isWhole`), or all that a budget allowed. Undefined: nobody knows. */
export function concluded(term: Term, isWhole: boolean): Decided | undefined {
  switch (term.kind) {
    case 'decided':
      return term
    case 'within':
      return concluded(term.inner, isWhole)
    case 'not': {
      const inner = concluded(term.inner, isWhole)
      return inner && { ...inner, holds: !inner.holds }
    }
    case 'all':
    case 'any': {
      const ends = term.of.map((one) => concluded(one, isWhole))
      const decides = ends.find((end) => end?.holds === (term.kind === 'any'))
      return decides ?? (ends.includes(undefined) ? undefined : ends[0])
    }
    default:
      return isWhole ? { kind: 'decided', holds: false, shows: [] } : undefined
  }
}

function at(moment: AtOnce, event: Met): Term {
  if (moment.kind === 'not') return negated(at(moment.moment, event))
  const told = event.as(moment.name)
  const answer = told !== undefined && (moment.test ? moment.test(told) : true)
  if (typeof answer === 'object') return begun(answer as Term, event.vt)
  return { kind: 'decided', holds: answer === true, shows: [event.seq] }
}

function negated(term: Term): Term {
  if (term.kind === 'decided') return { ...term, holds: !term.holds }
  return term.kind === 'not' ? term.inner : { kind: 'not', inner: term }
}

/** What decides it, what is still open of it, or that nothing is: the last one then says why. */
function joined(kind: 'all' | 'any', terms: readonly Term[]): Term {
  const open = new Set<Term>()
  let last: Term | undefined
  for (const term of terms.flatMap((one) => (one.kind === kind ? one.of : [one]))) {
    if (term.kind !== 'decided') open.add(term)
    else if (term.holds === (kind === 'any')) return term
    else last = term
  }
  const [only, ...more] = open
  if (only === undefined) return last as Term
  return more.length === 0 ? only : { kind, of: [...open] }
}
