/** A clause of the contract of a tool: which cases put it to the test, and what each of them shows. */

import type fc from 'fast-check'
import type { Facts } from '../facts.js'
import type { Inputs } from '../input/inputs.js'
import type { Case } from '../run/case.js'
import type { CaseHistory } from '../run/case-history.js'
import type { TakenTool } from '../take/taken-tool.js'

export type ClauseName =
  | 'rejects-invalid-input'
  | 'output-fits-schema'
  | 'errors-typed'
  | 'honours-abort'
  | 'idempotent'
  | 'read-only'
  | 'compensates'
  | 'concurrent-safe'
  | 'no-secret'
  | 'round-trips'
  | 'terminates'
  | 'timeouts-sane'
  | 'partial-told'
  | 'bounded'
  | 'no-injection'
  | 'deterministic'

export type Judgement =
  | { readonly kind: 'held' }
  /** What the clause is about did not come up. */
  | { readonly kind: 'skip' }
  | Broken

export interface Broken {
  readonly kind: 'broken'
  /** One line: what broke. */
  readonly why: string
  /** Why it came so, or what to do, one line each. */
  readonly hints?: readonly string[]
  /** Which cases of the trial show it, by their place. Default: all. */
  readonly shows?: readonly number[]
}

export interface Kit {
  readonly tool: TakenTool
  readonly inputs: Inputs
  readonly facts: Facts
  /** The user says what services there are. */
  readonly hasBackends: boolean
  /** Texts that its backends must never let out. */
  readonly secrets: readonly string[]
}

/** `does-not-apply`: there is nothing to keep; `not-judged`: there would be, if somebody said more. */
export interface Beside {
  readonly kind: 'does-not-apply' | 'not-judged'
  readonly why: string
}

export interface Clause {
  readonly name: ClauseName
  /** The clause as a sentence without its subject, for the card. */
  readonly says: string
  /** How much of the budget it gets, beside the others. */
  readonly weight: number
  /** Cases of one trial, which are played one after the other, each in a world of its own. */
  readonly plays: number
  /** Its answers alone show whether it is kept: it is judged of tools that run in real time too. */
  readonly forReal?: true
  /** Undefined: it concerns this tool. */
  readonly beside: (kit: Kit) => Beside | undefined
  /** Shrinks towards the simplest case. Called only where the clause concerns the tool. */
  readonly cases: (kit: Kit) => fc.Arbitrary<readonly Case[]>
  /** Of the cases of one trial, in their order. Pure. */
  readonly judge: (histories: readonly CaseHistory[], kit: Kit) => Judgement
  /** What the card says beside a clause that was kept. */
  readonly kept: (exercised: number, kit: Kit) => string
}

/** Why a clause is not judged of this tool; undefined: it is. */
export const besideOf = ({ forReal, beside }: Clause, kit: Kit): Beside | undefined =>
  kit.tool.inRealTime && !forReal
    ? notJudged('it runs in real time, where nobody sees what it asks and changes')
    : beside(kit)

export const held: Judgement = { kind: 'held' }
export const skip: Judgement = { kind: 'skip' }
export const broken = (why: string, ...hints: readonly string[]): Broken => ({ kind: 'broken', why, hints })

export const doesNotApply = (why: string): Beside => ({ kind: 'does-not-apply', why })
export const notJudged = (why: string): Beside => ({ kind: 'not-judged', why })
