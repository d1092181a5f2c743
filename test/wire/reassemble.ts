/** A streamed answer put together again, as a plain client does it, so that it can be compared with the answer that comes whole. */

import type { Profile } from '../../src/provider/codec.js'

type Json = any

/** The data of each event of a stream, in order, with its name where it has one. */
export const eventsOf = (stream: string): readonly { readonly name: string | undefined; readonly data: string }[] =>
  stream
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => ({ name: /^event: (.*)$/m.exec(frame)?.[1], data: /^data: (.*)$/m.exec(frame)?.[1] as string }))

export function reassembled(profile: Profile, events: readonly Json[]): Json {
  if (profile === 'openai-chat') return completionOf(events)
  return profile === 'openai-responses' ? responseOf(events) : messageOf(events)
}

function completionOf(chunks: readonly Json[]): Json {
  const { id, created, model, service_tier, system_fingerprint } = chunks[0]
  const message: Json = { role: 'assistant', content: null, refusal: null, annotations: [] }
  let finish_reason: unknown
  for (const { choices } of chunks) {
    const [{ delta = {}, finish_reason: finish = null } = {}] = choices
    for (const field of ['content', 'refusal'])
      if (typeof delta[field] === 'string') message[field] = (message[field] ?? '') + delta[field]
    for (const call of delta.tool_calls ?? []) {
      message.tool_calls ??= []
      if (call.id !== undefined)
        message.tool_calls[call.index] = { id: call.id, type: call.type, function: call.function }
      else message.tool_calls[call.index].function.arguments += call.function.arguments
    }
    finish_reason ??= finish ?? undefined
  }
  const choices = [{ index: 0, message, logprobs: null, finish_reason }]
  const { usage } = chunks.at(-1)
  return { id, object: 'chat.completion', created, model, choices, usage, service_tier, system_fingerprint }
}

function responseOf(events: readonly Json[]): Json {
  const output: Json[] = []
  for (const event of events) {
    const item = output[event.output_index]
    if (event.type === 'response.output_item.added') output[event.output_index] = structuredClone(event.item)
    else if (event.type === 'response.content_part.added') item.content.push(structuredClone(event.part))
    else if (event.type === 'response.output_text.delta') item.content[event.content_index].text += event.delta
    else if (event.type === 'response.refusal.delta') item.content[event.content_index].refusal += event.delta
    else if (event.type === 'response.function_call_arguments.delta') item.arguments += event.delta
    else if (event.type === 'response.output_item.done') item.status = event.item.status
  }
  return { ...events.at(-1).response, output }
}

function messageOf(events: readonly Json[]): Json {
  let message: Json
  const texts: string[] = []
  for (const { type, index, ...event } of events) {
    if (type === 'message_start') message = structuredClone(event.message)
    else if (type === 'content_block_start') message.content[index] = structuredClone(event.content_block)
    else if (type === 'content_block_delta')
      texts[index] = (texts[index] ?? '') + (event.delta.text ?? event.delta.partial_json)
    else if (type === 'content_block_stop') {
      const block = message.content[index]
      if (block.type === 'text') block.text = texts[index]
      else block.input = texts[index] === '' ? {} : JSON.parse(texts[index] as string)
    } else if (type === 'message_delta') {
      Object.assign(message, event.delta)
      Object.assign(message.usage, event.usage)
    }
  }
  return message
}
