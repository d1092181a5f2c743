/** How the Responses API refuses a request: malformed, with lost items, or with calls and outputs that do not pair. */

import { strictPairing } from '../../core/pairing.js'
import type { Decoded, ErrorReply } from '../codec.js'
import { list, loose } from '../loose.js'
import { refusal, responsesRefusals as refusals, strictness } from '../refusals.js'

export function malformedResponses(value: unknown, decoded: Decoded): ErrorReply | undefined {
  const body = loose<'model' | 'input'>(value)
  if (decoded.model === '') return refusal(refusals.absent, { name: 'model' })
  if (typeof body.input !== 'string' && !Array.isArray(body.input)) return refusal(refusals['no-input'])
  return decoded.lostItem === undefined ? undefined : lost(decoded.lostItem)
}

const lost = (id: string): ErrorReply => ({
  ...refusal(refusals['lost-item'], { id }),
  error: 'not-found',
  code: null,
})

export function unpairedResponses(value: unknown, decoded: Decoded): ErrorReply | undefined {
  const fault = strictPairing(decoded.messages, strictness['openai-responses'])
  if (!fault) return undefined
  const items = list(loose<'input'>(value).input)
  const id = fault.ids[0]!
  switch (fault.kind) {
    case 'missing-results':
      return refusal(refusals['missing-results'], { id })
    case 'empty-id':
      return refusal(refusals['empty-id'], { place: `input[${items.findIndex(hasEmptyId)}].call_id` })
    default:
      return refusal(refusals['orphan-result'], { id })
  }
}

function hasEmptyId(value: unknown): boolean {
  const item = loose<'type' | 'call_id'>(value)
  return !item.call_id && (item.type === 'function_call' || item.type === 'function_call_output')
}
