/** From messages to a conversation: each call with its result, and a word on everything that does not pair. */

import type { JsonSchema } from '../core/json-schema.js'
import type { Message, ProposedCall, ToolResult } from '../core/message.js'
import type { ToolSpec } from '../core/tool.js'
import type { Complaint, Conversation, RecordedCall } from './conversation.js'

/** Messages of a recording, and what to call each in a complaint. */
export interface Recording {
  readonly messages: readonly Message[]
  readonly places: readonly string[]
  readonly tools: readonly ToolSpec[]
}

/** As often may the same call give the same result before the runtime takes it for a loop and stops. */
const repeatsAtMost = 2

/** The conversation, or undefined where the model never said or did a thing. Complaints go to `complain`. */
export function settle(recording: Recording, complain: (complaint: Complaint) => void): Conversation | undefined {
  const { messages, places } = recording
  const results = pairedResults(recording, complain)
  const turns: RecordedCall[][] = []
  const users: string[] = []
  const repeats = new Map<string, number>()
  let end = ''
  messages.forEach((message, index) => {
    const say = (what: string): void => complain({ where: places[index] ?? 'somewhere', what })
    if (message.role === 'user') {
      if (turns.length > 0 || end !== '') say('the user speaks again: a run has one prompt, this was put behind it')
      users.push(message.text)
    }
    if (message.role !== 'assistant') return
    if (message.calls.length === 0) end = message.text
    const calls = message.calls.flatMap((call) => answered(call, results.get(call), say))
    const fresh = calls.filter((call) => isNews(call, repeats))
    if (fresh.length < calls.length) say('the same call with the same result once more: two of them were kept')
    if (fresh.length > 0) turns.push(fresh)
  })
  if (turns.length === 0 && end === '') return undefined
  const system = messages.flatMap((message) => (message.role === 'system' ? [message.text] : []))
  return {
    instructions: system.join('\n\n'),
    prompt: users.join('\n\n'),
    turns,
    end,
    tools: toolsOf(turns, recording.tools),
  }
}

function isNews(call: RecordedCall, repeats: Map<string, number>): boolean {
  const key = JSON.stringify(call)
  const times = (repeats.get(key) ?? 0) + 1
  repeats.set(key, times)
  return times <= repeatsAtMost
}

/** The result of each call, by the call itself: a provider's ids may come again in later turns. */
function pairedResults(
  { messages, places }: Recording,
  complain: (complaint: Complaint) => void,
): ReadonlyMap<ProposedCall, ToolResult> {
  const open = new Map<string, ProposedCall[]>()
  const results = new Map<ProposedCall, ToolResult>()
  messages.forEach((message, index) => {
    if (message.role === 'assistant')
      for (const call of message.calls) open.set(call.id, [...(open.get(call.id) ?? []), call])
    if (message.role !== 'tool') return
    for (const result of message.results) {
      const call = open.get(result.id)?.shift()
      if (call) results.set(call, result)
      else
        complain({
          where: places[index] ?? 'somewhere',
          what: open.has(result.id)
            ? `a second result for the call ${JSON.stringify(result.id)}: the first was kept`
            : `a result for the call ${JSON.stringify(result.id)}, which nobody made: left out`,
        })
    }
  })
  return results
}

function answered(call: ProposedCall, result: ToolResult | undefined, say: (what: string) => void): RecordedCall[] {
  const name = JSON.stringify(call.tool)
  if (!/^[\w.:/-]{1,128}$/.test(call.tool) || call.tool === '__proto__') {
    say(`${name} cannot be the name of a tool: its call was left out`)
    return []
  }
  if (result === undefined) {
    say(`the call ${JSON.stringify(call.id)} of ${name} has no result: left out`)
    return []
  }
  const input = parsed(call.arguments === '' ? '{}' : call.arguments)
  if (!input || typeof input.value !== 'object' || input.value === null || Array.isArray(input.value)) {
    say(`the arguments of the call ${JSON.stringify(call.id)} of ${name} are no JSON object: left out`)
    return []
  }
  return [{ tool: call.tool, input: input.value as RecordedCall['input'], answer: answerOf(result) }]
}

/** How a result begins that is a failure, where the wire has no flag for it. */
const failing = /^\W*(?:error|failed|failure|exception|traceback)\b/i

function answerOf({ content, outcome }: ToolResult): RecordedCall['answer'] {
  const value = parsed(content)?.value ?? content
  const failed = typeof value === 'object' && value !== null && 'error' in value && Boolean(value.error)
  if (outcome !== 'ok' || failed || (typeof value === 'string' && failing.test(value))) return { failure: content }
  return { value }
}

const deepest = 60

/** Only what JavaScript holds as it stands: a number it would round, or a value nested beyond sense, stays the text it was. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return isExact(value, deepest) ? { value } : undefined
  } catch {
    return undefined
  }
}

function isExact(value: unknown, depth: number): boolean {
  if (typeof value === 'number')
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((part) => isExact(part, depth - 1))
}

function toolsOf(turns: Conversation['turns'], specs: readonly ToolSpec[]): Conversation['tools'] {
  const names = [...new Set(turns.flat().map(({ tool }) => tool))]
  return names.map((name) => {
    const spec = specs.find((each) => each.name === name)
    return { name, description: spec?.description ?? '', inputSchema: spec?.inputSchema as JsonSchema | undefined }
  })
}
