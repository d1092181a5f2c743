/** How Anthropic refuses a request: malformed, or with calls and results that do not pair. */

import { type PairingFault, strictPairing } from '../../core/pairing.js'
import type { Decoded, ErrorReply } from '../codec.js'
import { list, loose } from '../loose.js'
import { refusal, anthropicRefusals as refusals, strictness } from '../refusals.js'

type BodyField = 'model' | 'messages' | 'max_tokens'

export function malformedAnthropic(value: unknown): ErrorReply | undefined {
  const body = loose<BodyField>(value)
  const absent = (['model', 'messages', 'max_tokens'] as const).find((name) => body[name] === undefined)
  if (absent) return refusal(refusals.absent, { name: absent })
  const messages = list(body.messages)
  if (messages.length === 0) return refusal(refusals['no-messages'])
  return unknownRole(messages) ?? emptyContent(messages)
}

function unknownRole(messages: readonly unknown[]): ErrorReply | undefined {
  for (const message of messages) {
    const { role } = loose<'role'>(message)
    if (role === 'user' || role === 'assistant') continue
    return refusal(role === 'system' ? refusals['late-system'] : refusals['unknown-role'], { role })
  }
  return undefined
}

function emptyContent(messages: readonly unknown[]): ErrorReply | undefined {
  const at = messages.findIndex((message, index) => {
    const { role, content } = loose<'role' | 'content'>(message)
    const empty = content === '' || (Array.isArray(content) && content.length === 0)
    return empty && !(role === 'assistant' && index === messages.length - 1)
  })
  return at < 0 ? undefined : refusal(refusals['empty-content'], { at })
}

export function unpairedAnthropic(value: unknown, decoded: Decoded): ErrorReply | undefined {
  const fault = strictPairing(decoded.messages, strictness['anthropic-messages'])
  if (!fault) return undefined
  const messages = list(loose<'messages'>(value).messages)
  const at = decoded.places[fault.at]!
  const blocks = list(loose<'content'>(messages[at]).content)
  return worded(fault, at, blocks, decoded.messages[fault.at]!.role === 'tool')
}

function worded(fault: PairingFault, at: number, blocks: readonly unknown[], ofResults: boolean): ErrorReply {
  const id = fault.ids[0]!
  switch (fault.kind) {
    case 'missing-results':
      return refusal(refusals['missing-results'], { at, ids: fault.ids.join(', ') })
    case 'orphan-result':
      return refusal(refusals['orphan-result'], { at, block: blockOf(blocks, id, 1), id })
    case 'duplicate-id': {
      const row = ofResults ? refusals['answered-twice'] : refusals['called-twice']
      return refusal(row, { at, block: blockOf(blocks, id, 2), id })
    }
    default: {
      const field = ofResults ? 'tool_result.tool_use_id' : 'tool_use.id'
      return refusal(refusals['empty-id'], { at, block: blockOf(blocks, '', 1), field })
    }
  }
}

/** Index of the n-th block that carries an id; an absent id counts as an empty one. */
function blockOf(blocks: readonly unknown[], id: string, nth: number): number {
  let left = nth
  return blocks.findIndex((each) => {
    const block = loose<'type' | 'id' | 'tool_use_id'>(each)
    const own = block.type === 'tool_use' ? block.id : block.type === 'tool_result' ? block.tool_use_id : undefined
    const matches = (block.type === 'tool_use' || block.type === 'tool_result') && (own ?? '') === id
    if (matches) left -= 1
    return matches && left === 0
  })
}
