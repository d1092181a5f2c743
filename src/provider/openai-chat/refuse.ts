/** How Chat Completions refuses a request: malformed, or with calls and results that do not pair. */

import { strictPairing } from '../../core/pairing.js'
import type { Decoded, ErrorReply } from '../codec.js'
import { list, loose } from '../loose.js'
import { refusal, chatRefusals as refusals, strictness } from '../refusals.js'

const roles = new Set(['system', 'assistant', 'user', 'function', 'tool', 'developer'])

export function malformedChat(value: unknown, decoded: Decoded): ErrorReply | undefined {
  const body = loose<'model' | 'messages'>(value)
  if (decoded.model === '') return refusal(refusals['no-model'])
  if (!Array.isArray(body.messages)) return refusal(refusals.absent, { name: 'messages' })
  if (body.messages.length === 0) return refusal(refusals['empty-list'], { name: 'messages' })
  return unknownRole(body.messages)
}

function unknownRole(messages: readonly unknown[]): ErrorReply | undefined {
  const at = messages.findIndex((message) => !roles.has(loose<'role'>(message).role as string))
  if (at < 0) return undefined
  return refusal(refusals['unknown-role'], { at, role: loose<'role'>(messages[at]).role })
}

export function unpairedChat(value: unknown, decoded: Decoded): ErrorReply | undefined {
  const fault = strictPairing(decoded.messages, strictness['openai-chat'])
  if (!fault) return undefined
  const messages = list(loose<'messages'>(value).messages)
  const place = decoded.places[fault.at]!
  switch (fault.kind) {
    case 'missing-results':
      return refusal(refusals['missing-results'], { ids: fault.ids.join(', ') })
    case 'empty-id':
      return emptyId(messages, place)
    case 'duplicate-id':
      return repeatedResult(messages, place, fault.ids[0]!)
    default: {
      const at = resultPlaces(messages, place).find((index) => fault.ids.includes(resultId(messages[index])))!
      return refusal(refusals['orphan-result'], { at })
    }
  }
}

const resultId = (message: unknown): string => loose<'tool_call_id'>(message).tool_call_id as string

/** Indices of the tool messages that begin at a place. */
function resultPlaces(messages: readonly unknown[], from: number): readonly number[] {
  const places: number[] = []
  for (let at = from; loose<'role'>(messages[at]).role === 'tool'; at++) places.push(at)
  return places
}

function repeatedResult(messages: readonly unknown[], from: number, id: string): ErrorReply {
  const [first, second] = resultPlaces(messages, from).filter((at) => resultId(messages[at]) === id)
  return refusal(refusals['answered-twice'], { id, first, second })
}

/** An id that is absent, no string, or empty: all are spoken of as empty. */
function emptyId(messages: readonly unknown[], place: number): ErrorReply {
  const calls = list(loose<'tool_calls'>(messages[place]).tool_calls)
  const call = calls.findIndex((each) => !loose<'id'>(each).id)
  const result = resultPlaces(messages, place).find((at) => !resultId(messages[at]))
  return refusal(refusals['empty-id'], {
    place: call < 0 ? `messages[${result}].tool_call_id` : `messages[${place}].tool_calls[${call}].id`,
  })
}
