/** What a simulated service gives back, before a client or HTTP dresses it. */

import { canonical, isJson, sameCanonical } from '../core/json.js'
import type { Touched } from '../core/world-event.js'

export type Answer =
  /** `saw`: what a read was told of, where nothing on the way has changed it. */
  | { readonly kind: 'value'; readonly value: unknown; readonly saw?: readonly Touched[] }
  /** A success whose body is no sound answer. `read`: what a client of the service makes of it. */
  | { readonly kind: 'body'; readonly text: string; readonly type: string; readonly read: unknown }
  /** The effect certainly did not happen. `status` is what HTTP says. */
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly text: string
      readonly retry: 'never' | 'later'
      readonly afterMs: number | undefined
    }
  /** Something happened, or may have. */
  | { readonly kind: 'broken'; readonly status: number; readonly text: string; readonly body: unknown }
  /** The connection broke without an answer. */
  | { readonly kind: 'lost' }
  /** Nobody listened: the request never left. */
  | { readonly kind: 'unreached' }
  /** The connection broke while the answer came: this is what should have come. */
  | { readonly kind: 'cut'; readonly value: unknown }
  /** The client throws this, which may be no error. */
  | { readonly kind: 'threw'; readonly error: unknown; readonly happened: boolean }

export const refused = (status: number, text: string, retry: 'never' | 'later', afterMs?: number): Answer => ({
  kind: 'refused',
  status,
  text,
  retry,
  afterMs,
})

/** What something thrown says. */
export const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : canonical(thrown))

/** Whether nobody who reads the two answers could tell them apart. */
export function sameAnswer(one: Answer, other: Answer): boolean {
  if (one === other) return true
  if (one.kind === 'refused' && other.kind === 'refused') return sameCanonical(one, other)
  return succeeded(one) && succeeded(other) && sameValue(readFrom(one), readFrom(other))
}

type Success = Extract<Answer, { kind: 'value' | 'body' }>

const succeeded = (answer: Answer): answer is Success => answer.kind === 'value' || answer.kind === 'body'

const readFrom = (answer: Success): unknown => (answer.kind === 'value' ? answer.value : answer.read)

/** Canonical text says null for what JSON cannot say. */
function sameValue(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return Object.is(one, other)
  return isJson(one) === isJson(other) && sameCanonical(one, other)
}
