/** Reads an Anthropic Messages request. */

import type { ProposedCall } from '../../core/message.js'
import type { ToolSpec } from '../../core/tool.js'
import type { Decoded } from '../codec.js'
import { contentText, list, loose, string } from '../loose.js'
import { Transcript } from '../transcript.js'

export function decodeAnthropic(value: unknown): Decoded {
  const body = loose<'model' | 'messages' | 'system' | 'tools' | 'stream'>(value)
  const transcript = new Transcript()
  const system = contentText(body.system)
  if (system !== '') transcript.add({ role: 'system', text: system }, -1)
  list(body.messages).forEach((each, place) => {
    const message = loose<'role' | 'content'>(each)
    if (message.role === 'assistant') readAssistant(message.content, place, transcript)
    else if (message.role === 'user') readUser(message.content, place, transcript)
    else if (message.role === 'system') transcript.add({ role: 'system', text: contentText(message.content) }, place)
  })
  return {
    messages: transcript.messages,
    places: transcript.places,
    tools: list(body.tools).flatMap(readTool),
    model: string(body.model),
    stream: body.stream === true,
    store: false,
  }
}

type BlockField = 'type' | 'text' | 'id' | 'name' | 'input' | 'tool_use_id' | 'content' | 'is_error'

function readAssistant(content: unknown, place: number, transcript: Transcript): void {
  if (!Array.isArray(content)) return void transcript.assistant(string(content), [], place)
  const calls: ProposedCall[] = []
  const texts: string[] = []
  for (const each of content) {
    const block = loose<BlockField>(each)
    // Thinking and the tools that run at the provider say nothing a scripted model reads.
    if (block.type === 'text') texts.push(string(block.text))
    else if (block.type === 'tool_use') {
      calls.push({ id: string(block.id), tool: string(block.name), arguments: JSON.stringify(block.input ?? {}) })
    }
  }
  transcript.assistant(texts.join('\n'), calls, place)
}

/** Text and results keep their order, so that text before a result parts it from its call, as it does at the provider. */
function readUser(content: unknown, place: number, transcript: Transcript): void {
  if (!Array.isArray(content)) return void transcript.add({ role: 'user', text: string(content) }, place)
  let parts: unknown[] = []
  const flush = (): void => {
    if (parts.length > 0) transcript.add({ role: 'user', text: contentText(parts) }, place)
    parts = []
  }
  for (const each of content) {
    const block = loose<BlockField>(each)
    if (block.type === 'tool_result') {
      flush()
      const outcome = block.is_error === true ? 'failed' : 'ok'
      transcript.result(string(block.tool_use_id), contentText(block.content), outcome, place, 'message')
    } else parts.push(each)
  }
  flush()
}

/** Tools without a schema run at the provider. */
function readTool(value: unknown): ToolSpec[] {
  const tool = loose<'name' | 'description' | 'input_schema'>(value)
  if (tool.input_schema === undefined) return []
  return [{ name: string(tool.name), description: string(tool.description), inputSchema: tool.input_schema }]
}
