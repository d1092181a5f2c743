/** What a check answers to one event: nothing to say, the promise held, or it was broken. */

/** Opaque on purpose: only a `Judge` makes one, so a handler that forgets to judge does not compile. */
export interface Judgement {
  readonly '~judgement': true
}

/** What makes a broken promise easier to read and to group. */
export interface BrokenDetail {
  /** The clause of the invariant, `a`, `b`, …; default `a`. */
  readonly clause?: string | undefined
  /** The few events (`seq`) that show it; default: the event that was judged. */
  readonly witness?: readonly number[] | undefined
  readonly tool?: string | undefined
}

/** The answers. `skip`: the condition did not come up; `held`: it came up and the promise was kept; `unknown`: nobody can tell any more. */
export interface Judge {
  readonly skip: Judgement
  readonly held: Judgement
  /** `because` is a plain sentence about tools, calls and effects. */
  broken(because: string, detail?: BrokenDetail): Judgement
  unknown(reason: string): Judgement
}

/** A broken promise as the watch reads it. */
export interface Broken extends Judgement, BrokenDetail {
  readonly because: string
}

interface Open extends Judgement {
  readonly reason: string
}

const skip: Judgement = Object.freeze({ '~judgement': true as const })
const held: Judgement = Object.freeze({ '~judgement': true as const })

/** The one judge there is: `skip` and `held` are constants, so that judging allocates nothing. */
export const impartial: Judge = Object.freeze({
  skip,
  held,
  broken: (because: string, detail?: BrokenDetail): Broken => ({ '~judgement': true, because, ...detail }),
  unknown: (reason: string): Open => ({ '~judgement': true, reason }),
})

/** The broken promise behind a judgement; undefined for anything else, foreign values included. */
export function brokenOf(judgement: Judgement): Broken | undefined {
  const broken = judgement as Partial<Broken> | undefined
  return typeof broken?.because === 'string' ? (broken as Broken) : undefined
}

/** Why a judgement leaves the verdict unknown; undefined for any other. */
export function reasonOf(judgement: Judgement): string | undefined {
  const reason: unknown = (judgement as Partial<Open> | undefined)?.reason
  return typeof reason === 'string' ? reason : undefined
}
