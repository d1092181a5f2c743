/** OTLP traces in JSON, by OpenTelemetry's conventions for generative AI: attributes `gen_ai.*` of spans, and the older events of each message. */

import type { Message, ProposedCall, ToolResult } from '../core/message.js'
import type { ToolSpec } from '../core/tool.js'
import { list, loose, string } from '../provider/loose.js'
import { readJson } from './broken-json.js'
import type { Complaint } from './conversation.js'
import type { Recording } from './settle.js'

type Attributes = Readonly<Record<string, unknown>>

interface Span {
  readonly name: string
  readonly start: bigint
  readonly attributes: Attributes
  /** What the span says of its own failure. */
  readonly failure: string | undefined
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[]
}

/** The longest conversation among the spans; results that only spans of tools hold are put in. */
export function readOtlp(value: unknown, complain: (complaint: Complaint) => void): Recording {
  const spans = spansIn(value)
  const found = spans.map((span) => recordingOf(span, complain))
  const longest = found.reduce<Recording | undefined>(
    (best, one) => (best && best.messages.length > one.messages.length ? best : one),
    undefined,
  )
  const recording = longest ?? { messages: [], places: [], tools: [] }
  return withToolSpans(recording, spans)
}

function spansIn(value: unknown): readonly Span[] {
  const batches = Array.isArray(value) ? value : [value]
  return batches
    .flatMap((batch) => list(loose<'resourceSpans'>(batch).resourceSpans))
    .flatMap((resource) => list(loose<'scopeSpans'>(resource).scopeSpans))
    .flatMap((scope) => list(loose<'spans'>(scope).spans))
    .map(spanOf)
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
}

function spanOf(value: unknown): Span {
  const span = loose<'name' | 'startTimeUnixNano' | 'attributes' | 'events' | 'status'>(value)
  const { code, message } = loose<'code' | 'message'>(span.status)
  const attributes = attributesOf(span.attributes)
  const failed = code === 2 || code === 'STATUS_CODE_ERROR'
  const start = String(span.startTimeUnixNano ?? '')
  return {
    name: string(span.name),
    start: /^\d+$/.test(start) ? BigInt(start) : 0n,
    attributes,
    failure: failed ? string(message) || string(attributes['error.type']) || 'failed' : undefined,
    events: list(span.events).map((each) => {
      const event = loose<'name' | 'attributes'>(each)
      return { name: string(event.name), attributes: attributesOf(event.attributes) }
    }),
  }
}

const attributesOf = (value: unknown): Attributes =>
  Object.fromEntries(
    list(value).map((each) => {
      const { key, value: any } = loose<'key' | 'value'>(each)
      return [string(key), anyValue(any)]
    }),
  )

/** OTLP's way to write a value; one that is no such thing stands for itself. */
function anyValue(value: unknown): unknown {
  const any = loose<'stringValue' | 'intValue' | 'doubleValue' | 'boolValue' | 'arrayValue' | 'kvlistValue'>(value)
  if (any.stringValue !== undefined) return any.stringValue
  if (any.intValue !== undefined) return Number(any.intValue)
  if (any.arrayValue !== undefined) return list(loose<'values'>(any.arrayValue).values).map(anyValue)
  if (any.kvlistValue !== undefined) return attributesOf(loose<'values'>(any.kvlistValue).values)
  return any.doubleValue ?? any.boolValue
}

/** Attributes that hold a structure are JSON texts where the exporter knows no structures; one that it cut off is read as far as it goes. */
const structure = (value: unknown): unknown => (typeof value === 'string' ? readJson(value).value : value)

function recordingOf(span: Span, complain: (complaint: Complaint) => void): Recording {
  const { attributes } = span
  const raw = [attributes['gen_ai.input.messages'], attributes['gen_ai.output.messages']]
  const where = `span ${JSON.stringify(span.name)}`
  if (raw.some((text) => text !== undefined && !Array.isArray(structure(text))))
    complain({ where, what: 'its messages are no JSON list: left out' })
  for (const { column, what } of raw.flatMap((text) => (typeof text === 'string' ? readJson(text).broken : [])))
    complain({ where: `${where}, column ${column} of its messages`, what })
  const current = raw.flatMap((text) => list(structure(text)))
  const system = list(structure(attributes['gen_ai.system_instructions']))
  const written = [...(system.length > 0 ? [{ role: 'system', parts: system }] : []), ...current]
  const messages: Message[] = []
  const places: string[] = []
  const old = span.events.flatMap(eventMessage)
  for (const [index, each] of (written.length > 0 ? written : old).entries()) {
    const place = `${where}, message ${index + 1}`
    const read = messageOf(each)
    if (read.length === 0) complain({ where: place, what: 'its role is none that is known: left out' })
    for (const message of read) {
      messages.push(message)
      places.push(place)
    }
  }
  return { messages, places, tools: list(structure(attributes['gen_ai.tool.definitions'])).map(toolOf) }
}

function messageOf(value: unknown): readonly Message[] {
  const { role, parts: given } = loose<'role' | 'parts'>(value)
  const parts = list(given).map((part) =>
    loose<'type' | 'content' | 'id' | 'name' | 'arguments' | 'response' | 'result'>(part),
  )
  const text = parts.flatMap((part) => (part.type === 'text' ? [string(part.content)] : [])).join('\n')
  const results = parts.flatMap((part): ToolResult[] =>
    part.type === 'tool_call_response'
      ? [{ id: string(part.id), tool: '', content: textOf(part.response ?? part.result), outcome: 'ok' }]
      : [],
  )
  if (results.length > 0) return [{ role: 'tool', results }]
  if (role === 'system' || role === 'developer') return [{ role: 'system', text }]
  if (role === 'user') return [{ role, text }]
  if (role !== 'assistant') return []
  const calls = parts.flatMap((part): ProposedCall[] =>
    part.type === 'tool_call'
      ? [{ id: string(part.id), tool: string(part.name), arguments: textOf(part.arguments ?? {}) }]
      : [],
  )
  return [{ role, text, calls }]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** The events that the conventions had before the attributes: one a message, its content beside it. */
function eventMessage({ name, attributes }: Span['events'][number]): readonly object[] {
  const role = /^gen_ai\.(system|user|assistant|tool)\.message$/.exec(name)?.[1]
  const choice = loose<'content' | 'tool_calls'>(structure(attributes['message']))
  if (role === undefined && name !== 'gen_ai.choice') return []
  const content = attributes['content'] ?? choice.content
  if (role === 'tool')
    return [{ role, parts: [{ type: 'tool_call_response', id: attributes['id'], response: content }] }]
  const calls = list(structure(attributes['tool_calls']) ?? choice.tool_calls).map((each) => {
    const call = loose<'id' | 'function'>(each)
    const body = loose<'name' | 'arguments'>(call.function)
    return { type: 'tool_call', id: call.id, name: body.name, arguments: body.arguments }
  })
  return [{ role: role ?? 'assistant', parts: [{ type: 'text', content: content ?? '' }, ...calls] }]
}

const toolOf = (value: unknown): ToolSpec => {
  const tool = loose<'name' | 'description' | 'parameters'>(value)
  return { name: string(tool.name), description: string(tool.description), inputSchema: tool.parameters }
}

/** Results that no message has, from the spans of the tools themselves, by the call's id. */
function withToolSpans(recording: Recording, spans: readonly Span[]): Recording {
  const known = new Set(
    recording.messages.flatMap((message) => (message.role === 'tool' ? message.results.map(({ id }) => id) : [])),
  )
  const made = new Map(
    spans.flatMap(({ attributes, failure }) => {
      const [id, result] = [string(attributes['gen_ai.tool.call.id']), attributes['gen_ai.tool.call.result']]
      if (id === '' || (result === undefined && failure === undefined)) return []
      const content = result === undefined ? (failure as string) : textOf(result)
      return [[id, { content, outcome: failure === undefined ? ('ok' as const) : ('failed' as const) }] as const]
    }),
  )
  const messages: Message[] = []
  const places: string[] = []
  recording.messages.forEach((message, index) => {
    messages.push(message)
    places.push(recording.places[index] as string)
    if (message.role !== 'assistant') return
    const results = message.calls.flatMap(({ id, tool }): ToolResult[] => {
      const result = known.has(id) ? undefined : made.get(id)
      return result === undefined ? [] : [{ id, tool, ...result }]
    })
    if (results.length === 0) return
    messages.push({ role: 'tool', results })
    places.push(recording.places[index] as string)
  })
  return { ...recording, messages, places }
}
