/** What the command line and the process that plays a tool say to each other: plain JSON. */

import type { ToolRepro } from '../core/token.js'
import type { StoryLine } from '../report/story.js'
import type { ToolRecord } from '../report/tool-record.js'
import type { Danger } from '../tooltest/deadly.js'
import type { Case } from '../tooltest/run/case.js'

/** Where a tool is. */
export interface ToolPlace {
  readonly folder: string
  /** Relative to it, as it was named. */
  readonly file: string
  /** `tools.refundOrder`; undefined: the only one. */
  readonly exported: string | undefined
}

export interface JudgeOrder extends ToolPlace {
  readonly kind: 'judge'
  readonly seed: number
  readonly cases: number | undefined
  readonly danger: Danger
}

export interface ReplayOrder extends ToolPlace {
  readonly kind: 'replay'
  readonly repro: ToolRepro
}

/** A clause that broke. */
export interface BrokenClause {
  readonly clause: string
  readonly says: string
  readonly why: string
  readonly hints: readonly string[]
  /** What had to go wrong. */
  readonly needs: readonly string[]
  readonly story: readonly StoryLine[]
  readonly token: string
}

export interface Judged {
  readonly kind: 'judged'
  readonly name: string
  readonly exported: string
  readonly tool: ToolRecord
  readonly broken: readonly BrokenClause[]
}

export interface Replayed {
  readonly kind: 'replayed'
  readonly name: string
  readonly says: string
  /** What the clause says of the trial this time; undefined: it is kept. */
  readonly why: string | undefined
  readonly witness: readonly string[]
  /** Two plays of the trial gave the same bytes. */
  readonly isRepeatable: boolean
  /** Of the troubles of the trial, those that struck. */
  readonly struck: number
  readonly planned: number
}

export type FromToolProcess =
  | Judged
  | Replayed
  | { readonly kind: 'begin'; readonly clause: string }
  | { readonly kind: 'case'; readonly trial: Case }
  | { readonly kind: 'clause'; readonly name: string; readonly isBroken: boolean; readonly told: string }
  | { readonly kind: 'wrong'; readonly message: string; readonly remedy: string }
