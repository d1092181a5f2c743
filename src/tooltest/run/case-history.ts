/** What happened in one case: plain data, which clauses judge. Times are virtual milliseconds since the world began. */

import type { Case, PlannedCall } from './case.js'
import type { ErrorFacts } from './error-facts.js'
import type { Trouble } from './trouble.js'

export type CallOutcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: ErrorFacts }
  /** Its runtime stopped waiting at the tool's own time limit. */
  | { readonly kind: 'given-up' }
  /** Its process died. */
  | { readonly kind: 'died' }
  /** Still waiting when the world had waited for long enough. */
  | { readonly kind: 'waiting' }

export interface CallHistory {
  readonly planned: PlannedCall
  readonly startMs: number
  /** Undefined while it waits, and for the dead. */
  readonly endMs: number | undefined
  readonly outcome: CallOutcome
  /** The input was no longer what it had been when the call ended. */
  readonly mutatedInput: boolean
}

export interface RequestSeen {
  /** Which call of the case sent it, from 0; undefined: nobody knows. */
  readonly call: number | undefined
  readonly atMs: number
  readonly method: string
  readonly url: string
  /** No backend of the user's stands for its host. */
  readonly madeUp: boolean
  /** Of the `idempotency-key` header. */
  readonly key: string | undefined
  /** As it was sent; empty where there was none. */
  readonly body: string
  /** What it carried that nobody else should read: tokens and cookies. */
  readonly secrets: readonly string[]
  /** File and line of the code that sent it; only where a case is played for its story. */
  readonly where: string
}

export interface EffectSeen {
  readonly id: number
  /** The effect that this one takes back, where its backend says so. */
  readonly compensates: number | undefined
  readonly call: number | undefined
  readonly atMs: number
  readonly backend: string
  readonly operation: string
  readonly input: unknown
  /** Two effects of one name are one effect, twice. Undefined where only the backend's default would say. */
  readonly once: string | undefined
  /** By the meaning of its method, doing it again changes nothing. */
  readonly repeatable: boolean
}

export interface CaseHistory {
  readonly planned: Case
  readonly calls: readonly CallHistory[]
  readonly requests: readonly RequestSeen[]
  readonly effects: readonly EffectSeen[]
  /** The troubles that truly struck. */
  readonly struck: readonly Trouble[]
  readonly console: readonly string[]
  /** It asked for the end of its process, with this code; undefined: it did not. */
  readonly exitCode: number | undefined
  /** Of the user's backends, at the end, as one canonical text each; by their key. */
  readonly states: Readonly<Record<string, string>>
  /** A backend of the user's says which effect another takes back. */
  readonly tellsUndone: boolean
  /** There was something to stretch in what a service answered. */
  readonly isStretched: boolean
  /** What escaped the world, or tried to: with the way out. */
  readonly leaks: readonly string[]
}
