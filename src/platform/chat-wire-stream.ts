/** Chat Completions in pieces: put together again as the one response that they are. */

import { badResponse, connectionLost } from '../core/model-refusal.js'
import { fieldOf, items } from './chat-wire.js'

interface Call {
  id: unknown
  name: unknown
  arguments: unknown
}

/**
 * The whole response, once its end has come; `heard` is told the text so far whenever it grows. An error among the pieces is
 * the response. Throws a `ModelError` where the pieces stop before the answer does: half of it is none.
 */
export async function joinedChunks(events: AsyncIterable<string>, heard: (text: string) => void): Promise<unknown> {
  const [message, calls] = [{ content: '', refusal: '' }, new Map<unknown, Call>()]
  let [ended, usage]: unknown[] = []
  for await (const event of events) {
    if (event === '[DONE]') break
    const chunk = parsed(event)
    if (fieldOf(chunk, 'error')) return chunk
    usage = fieldOf(chunk, 'usage') ?? usage
    const choice = items(fieldOf(chunk, 'choices'))[0]
    ended = fieldOf(choice, 'finish_reason') ?? ended
    const delta = fieldOf(choice, 'delta')
    const [content, refusal] = [fieldOf(delta, 'content'), fieldOf(delta, 'refusal')]
    if (typeof refusal === 'string') message.refusal += refusal
    for (const piece of items(fieldOf(delta, 'tool_calls'))) addTo(calls, piece)
    if (typeof content !== 'string' || content === '') continue
    message.content += content
    heard(message.content)
  }
  if (typeof ended !== 'string') throw connectionLost('the stream ended before the answer did')
  const tool_calls = [...calls.values()].map(({ id, ...called }) => ({ id, function: called }))
  return { choices: [{ message: { ...message, tool_calls }, finish_reason: ended }], usage }
}

/** Pieces of one call share their index; servers that send none send each call whole, under its id. */
function addTo(calls: Map<unknown, Call>, piece: unknown): void {
  const id = fieldOf(piece, 'id')
  const place = fieldOf(piece, 'index') ?? id ?? calls.size
  const call = calls.get(place) ?? { id, name: undefined, arguments: '' }
  const more = fieldOf(fieldOf(piece, 'function'), 'arguments')
  call.name ??= fieldOf(fieldOf(piece, 'function'), 'name')
  if (typeof more === 'string') call.arguments = `${call.arguments}${more}`
  else call.arguments = more ?? call.arguments
  calls.set(place, call)
}

function parsed(event: string): unknown {
  try {
    return JSON.parse(event)
  } catch {
    throw badResponse('no JSON', event)
  }
}
