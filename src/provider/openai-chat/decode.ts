/** Reads a Chat Completions request. */

import { StormproofError } from '../../core/error.js'
import type { ProposedCall } from '../../core/message.js'
import type { ToolSpec } from '../../core/tool.js'
import type { Decoded, DecodeOptions } from '../codec.js'
import { contentText, list, loose, string } from '../loose.js'
import { Transcript } from '../transcript.js'

export function decodeChat(value: unknown, options: DecodeOptions = {}): Decoded {
  const body = loose<'model' | 'messages' | 'tools' | 'stream' | 'stream_options'>(value)
  const transcript = new Transcript()
  list(body.messages).forEach((message, place) => {
    readMessage(message, place, transcript, options)
  })
  return {
    messages: transcript.messages,
    places: transcript.places,
    tools: list(body.tools).flatMap(readTool),
    model: string(body.model),
    stream: body.stream === true,
    streamUsage: loose<'include_usage'>(body.stream_options).include_usage === true,
    store: false,
  }
}

type ChatField = 'role' | 'content' | 'refusal' | 'tool_calls' | 'tool_call_id' | 'function_call'

function readMessage(value: unknown, place: number, transcript: Transcript, options: DecodeOptions): void {
  const message = loose<ChatField>(value)
  const text = contentText(message.content)
  if (message.role === 'system' || message.role === 'developer') transcript.add({ role: 'system', text }, place)
  else if (message.role === 'user') transcript.add({ role: 'user', text }, place)
  else if (message.role === 'tool') {
    const id = string(message.tool_call_id)
    transcript.result(id, text, options.failedCalls?.(id) ? 'failed' : 'ok', place, 'history')
  } else if (message.role === 'assistant') {
    if (message.function_call) throw deprecated()
    transcript.assistant(text || string(message.refusal), list(message.tool_calls).map(readCall), place)
  } else if (message.role === 'function') throw deprecated()
}

function readCall(value: unknown): ProposedCall {
  const call = loose<'id' | 'function' | 'custom'>(value)
  const body = loose<'name' | 'arguments' | 'input'>(call.function ?? call.custom)
  return { id: string(call.id), tool: string(body.name), arguments: string(body.arguments ?? body.input) }
}

function readTool(value: unknown): ToolSpec[] {
  const tool = loose<'type' | 'function'>(value)
  const spec = loose<'name' | 'description' | 'parameters'>(tool.function)
  if (tool.type !== 'function') return []
  return [{ name: string(spec.name), description: string(spec.description), inputSchema: spec.parameters ?? {} }]
}

function deprecated(): StormproofError {
  return new StormproofError(
    'scenario',
    'a Chat Completions request used the deprecated `function_call`, which is not simulated',
    {
      remedy: 'declare tools and answer with messages of role `tool`',
    },
  )
}
