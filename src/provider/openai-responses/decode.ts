/** Reads a Responses request: a list of items, in which a result belongs to its call wherever it stands. */

import { StormproofError } from '../../core/error.js'
import type { Message, ProposedCall, ToolResult } from '../../core/message.js'
import type { ToolSpec } from '../../core/tool.js'
import type { Decoded, DecodeOptions, StoredItem } from '../codec.js'
import { contentText, list, loose, string } from '../loose.js'

export function decodeResponses(value: unknown, options: DecodeOptions = {}): Decoded {
  const body = loose<BodyField>(value)
  refuseServerState(body)
  const drafts: Draft[] = []
  if (typeof body.instructions === 'string') drafts.push(plain('system', body.instructions, -1))
  if (typeof body.input === 'string') drafts.push(plain('user', body.input, 0))
  const reading: Reading = { drafts, byCall: new Map(), options, lostItem: undefined }
  list(body.input).forEach((item, place) => {
    readItem(item, place, reading)
  })
  joinEarlyResults(reading)
  return {
    ...settle(drafts),
    tools: list(body.tools).flatMap(readTool),
    model: string(body.model),
    stream: body.stream === true,
    store: body.store !== false,
    ...(reading.lostItem !== undefined && { lostItem: reading.lostItem }),
  }
}

type BodyField =
  | 'model'
  | 'input'
  | 'instructions'
  | 'tools'
  | 'stream'
  | 'store'
  | 'previous_response_id'
  | 'conversation'
  | 'background'

/** A message still growing: calls that follow each other are one message, and results go to the message of their call. */
interface Draft {
  readonly role: Message['role']
  readonly text: string
  readonly calls: ProposedCall[]
  readonly results: ToolResult[]
  readonly place: number
  resultPlace: number
}

interface Reading {
  readonly drafts: Draft[]
  readonly byCall: Map<string, Draft>
  readonly options: DecodeOptions
  lostItem: string | undefined
}

const plain = (role: Message['role'], text: string, place: number): Draft => ({
  role,
  text,
  calls: [],
  results: [],
  place,
  resultPlace: place,
})

type ItemField = 'type' | 'role' | 'content' | 'call_id' | 'name' | 'arguments' | 'input' | 'output' | 'id'

function readItem(value: unknown, place: number, reading: Reading): void {
  const item = loose<ItemField>(value)
  const type = item.type ?? 'message'
  const id = string(item.call_id)
  if (type === 'message') readMessage(item.role, contentText(item.content), place, reading)
  else if (type === 'function_call' || type === 'custom_tool_call') {
    readCall({ id, tool: string(item.name), arguments: string(item.arguments ?? item.input) }, place, reading)
  } else if (type === 'function_call_output' || type === 'custom_tool_call_output') {
    readResult(id, contentText(item.output), place, reading)
  } else if (type === 'item_reference') readReference(string(item.id), place, reading)
  // Reasoning and the tools that run at the provider say nothing a scripted model reads.
}

function readMessage(role: unknown, text: string, place: number, reading: Reading): void {
  if (role === 'system' || role === 'developer') reading.drafts.push(plain('system', text, place))
  else if (role === 'user' || role === 'assistant') reading.drafts.push(plain(role, text, place))
}

function readCall(call: ProposedCall, place: number, reading: Reading): void {
  let draft = reading.drafts.at(-1)
  if (draft?.role !== 'assistant' || draft.results.length > 0) {
    draft = plain('assistant', '', place)
    reading.drafts.push(draft)
  }
  draft.calls.push(call)
  reading.byCall.set(call.id, draft)
}

function readResult(id: string, content: string, place: number, reading: Reading): void {
  const outcome = reading.options.failedCalls?.(id) ? 'failed' : 'ok'
  let draft = reading.byCall.get(id)
  const tool = draft?.calls.find((call) => call.id === id)?.tool ?? ''
  if (!draft) {
    const last = reading.drafts.at(-1)
    draft = last?.role === 'tool' ? last : plain('tool', '', place)
    if (draft !== last) reading.drafts.push(draft)
  }
  if (draft.results.length === 0) draft.resultPlace = place
  draft.results.push({ id, tool, content, outcome })
}

/** A result that stood before its call belongs to it all the same. */
function joinEarlyResults({ drafts, byCall }: Reading): void {
  for (const draft of drafts) {
    if (draft.role !== 'tool') continue
    for (const result of draft.results.splice(0)) {
      const owner = byCall.get(result.id)
      const tool = owner?.calls.find(({ id }) => id === result.id)?.tool ?? ''
      if (owner?.results.length === 0) owner.resultPlace = draft.resultPlace
      const to = owner ?? draft
      to.results.push({ ...result, tool })
    }
  }
}

function readReference(id: string, place: number, reading: Reading): void {
  if (!reading.options.stored) return
  const item: StoredItem | undefined = reading.options.stored(id)
  if (!item) reading.lostItem ??= id
  else if ('call' in item) readCall(item.call, place, reading)
  else readMessage('assistant', item.text, place, reading)
}

function settle(drafts: readonly Draft[]): { messages: Message[]; places: number[] } {
  const messages: Message[] = []
  const places: number[] = []
  for (const { role, text, calls, results, place, resultPlace } of drafts) {
    if (role !== 'tool') {
      messages.push(role === 'assistant' ? { role, text, calls } : { role, text })
      places.push(place)
    }
    if (results.length > 0) {
      messages.push({ role: 'tool', results })
      places.push(resultPlace)
    }
  }
  return { messages, places }
}

function readTool(value: unknown): ToolSpec[] {
  const tool = loose<'type' | 'name' | 'description' | 'parameters'>(value)
  if (tool.type !== 'function') return []
  return [{ name: string(tool.name), description: string(tool.description), inputSchema: tool.parameters ?? {} }]
}

function refuseServerState(body: { readonly [P in BodyField]?: unknown }): void {
  const used = (['previous_response_id', 'conversation', 'background'] as const).find((name) => Boolean(body[name]))
  if (!used) return
  throw new StormproofError('scenario', `a Responses request used \`${used}\`, which is not simulated`, {
    remedy: 'send the whole history as `input` and wait for the answer',
  })
}
