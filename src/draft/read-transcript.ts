/** A recorded conversation, in whichever of four formats, read as far as it can be. */

import { decodeAnthropic } from '../provider/anthropic-messages/decode.js'
import { list, loose } from '../provider/loose.js'
import { decodeChat } from '../provider/openai-chat/decode.js'
import { decodeResponses } from '../provider/openai-responses/decode.js'
import { readJson } from './broken-json.js'
import type { Complaint, Conversation } from './conversation.js'
import { readOtlp } from './otlp.js'
import { type Recording, settle } from './settle.js'

export interface Transcript {
  /** Undefined where nothing of it can be used. */
  readonly conversation: Conversation | undefined
  readonly complaints: readonly Complaint[]
}

/** OpenAI Chat messages, OpenAI Responses items, Anthropic messages, or OTLP traces; a file of one JSON a line as well. */
export function readTranscript(text: string): Transcript {
  const complaints: Complaint[] = []
  const complain = (complaint: Complaint): void => void complaints.push(complaint)
  const value = valueIn(text, complain)
  return { conversation: settle(recordingOf(value, complain), complain), complaints }
}

function valueIn(text: string, complain: (complaint: Complaint) => void): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const [first, ...more] = lines.map((line) => readJson(line))
  const isLines = more.length > 0 && first?.broken.length === 0 && typeof first.value === 'object'
  const read = isLines ? [first, ...more] : [readJson(text)]
  read.forEach(({ broken }, index) => {
    for (const { line, column, what } of broken)
      complain({ where: `line ${isLines ? index + 1 : line}, column ${column}`, what })
  })
  return isLines ? read.map(({ value }) => value) : read[0]?.value
}

type Complain = (complaint: Complaint) => void

function recordingOf(value: unknown, complain: Complain): Recording {
  const first = Array.isArray(value) ? value[0] : value
  if (loose<'resourceSpans'>(first).resourceSpans !== undefined) return readOtlp(value, complain)
  const body = loose<'messages' | 'input' | 'output' | 'choices' | 'system' | 'tools' | 'instructions'>(value)
  const items = Array.isArray(value) ? value : itemsOf(body)
  const kind = kindOf(items, body)
  const kept = items.flatMap((item, index) => {
    const what = strangeness(kind, item)
    if (what !== undefined) complain({ where: `message ${index + 1}`, what: `${what}: left out` })
    for (const type of what === undefined ? strangeParts(item) : [])
      complain({ where: `message ${index + 1}`, what: `nothing is known of parts of type ${type}: left out` })
    return what === undefined ? [{ item, index }] : []
  })
  const messages = kept.map(({ item }) => item)
  const { tools, system, instructions } = body
  const decoded =
    kind === 'anthropic'
      ? decodeAnthropic({ messages, tools, system })
      : kind === 'responses'
        ? decodeResponses({ input: messages, tools, instructions })
        : decodeChat({ messages, tools })
  const places = decoded.places.map((place) =>
    place < 0 ? 'the instructions' : `message ${(kept[place]?.index ?? 0) + 1}`,
  )
  return { messages: decoded.messages, places, tools: decoded.tools }
}

/** What was sent, and what came back where it is in the same file. */
function itemsOf({
  messages,
  input,
  output,
  choices,
}: Partial<Record<'messages' | 'input' | 'output' | 'choices', unknown>>): unknown[] {
  const asked = typeof input === 'string' ? [{ role: 'user', content: input }] : list(messages ?? input)
  const [choice] = list(choices)
  const said = choice === undefined ? [] : [loose<'message'>(choice).message]
  return [...asked, ...list(output), ...said]
}

type Kind = 'chat' | 'responses' | 'anthropic'

type Field = 'role' | 'type' | 'content' | 'function_call'

function kindOf(items: readonly unknown[], body: { readonly system?: unknown; readonly input?: unknown }): Kind {
  const types = items.map((item) => loose<Field>(item).type)
  const blocks = items.flatMap((item) => list(loose<Field>(item).content)).map((block) => loose<'type'>(block).type)
  if (body.input !== undefined || types.some((type) => typeof type === 'string' && type in itemTypes))
    return 'responses'
  if (body.system !== undefined || blocks.includes('tool_use') || blocks.includes('tool_result')) return 'anthropic'
  return 'chat'
}

/** Items of the Responses format: whether a scripted model can make anything of them. */
const itemTypes: Readonly<Record<string, boolean>> = {
  message: true,
  function_call: true,
  function_call_output: true,
  custom_tool_call: true,
  custom_tool_call_output: true,
  reasoning: true,
}

const roles: Readonly<Record<Kind, readonly string[]>> = {
  chat: ['system', 'developer', 'user', 'assistant', 'tool'],
  responses: ['system', 'developer', 'user', 'assistant'],
  anthropic: ['system', 'user', 'assistant'],
}

/** Why an item cannot be read; undefined when it can. */
function strangeness(kind: Kind, item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'it is no object'
  const { role, type, function_call: old } = loose<Field>(item)
  if (old) return 'it has the old `function_call`, which is not read'
  if (kind === 'responses' && type !== undefined && type !== 'message')
    return itemTypes[String(type)] ? undefined : `nothing is known of items of type ${JSON.stringify(type)}`
  return roles[kind].includes(String(role)) ? undefined : `nobody has the role ${JSON.stringify(role) ?? 'undefined'}`
}

/** Parts that are read, or of which a text is left where a picture stood, or that are the model's own thoughts. */
const partTypes =
  /^(?:(?:input_|output_)?text|refusal|(?:input_)?(?:image|audio|file)|image_url|document|(?:redacted_)?thinking|reasoning|tool_use|tool_result)$/

const strangeParts = (item: unknown): readonly string[] =>
  list(loose<Field>(item).content).flatMap((part) => {
    const { type } = loose<'type'>(part)
    return typeof part === 'object' && !partTypes.test(String(type)) ? [JSON.stringify(type) ?? 'undefined'] : []
  })
