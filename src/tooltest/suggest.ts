/** What the evidence supports declaring. */

import type { ClauseOnCard, Suggestion } from './card.js'
import type { Facts } from './facts.js'

export function suggestion(facts: Facts, idempotent: ClauseOnCard | undefined): Suggestion {
  const { effect, effectFrom, requests, calm } = facts
  const isKnown = effectFrom !== 'inferred' || requests.length > 0 || calm.returned > 0
  if (!isKnown) return { effect: 'unknown', idempotency: 'unknown', retry: 'never without a look-up' }
  if (effect === 'read') return { effect, idempotency: 'natural', retry: 'whenever it fails' }
  switch (idempotent?.verdict) {
    case 'valid':
      return { effect, idempotency: facts.keyed ? 'keyed' : 'natural', retry: 'under the same key' }
    case 'invalid':
      return { effect, idempotency: 'none', retry: 'never without a look-up' }
    default:
      return { effect, idempotency: facts.keyed === 'none' ? 'none' : 'unknown', retry: 'never without a look-up' }
  }
}
