/** What a simulated service gives back, before a client or HTTP dresses it. */

export type Answer =
  | { readonly kind: 'value'; readonly value: unknown }
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
  /** A user's fault threw this. */
  | { readonly kind: 'threw'; readonly error: Error; readonly happened: boolean }

export const refused = (status: number, text: string, retry: 'never' | 'later', afterMs?: number): Answer => ({
  kind: 'refused',
  status,
  text,
  retry,
  afterMs,
})
