/** Arguments of a call, read strictly: what does not parse is never repaired. */

import type { Json } from '../core/json.js'
import type { ErrorDetail } from '../core/outcome.js'

export type Parsed = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: ErrorDetail }

/** A JSON object. The empty text counts as `{}`: the schema then says whether the tool takes no arguments. */
export function parseArguments(text: string): Parsed {
  if (text === '') return { ok: true, value: {} }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return invalid('the arguments are not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalid('the arguments must be a JSON object')
  }
  return { ok: true, value: value as Json }
}

const invalid = (text: string): Parsed => ({ ok: false, error: { class: 'invalid-args', text, retryable: false } })
