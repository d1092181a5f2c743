/** The conversation as units that are shown or let go whole: a call never parts from its result. */

import { messageTokens, resultTokens } from '../../core/estimate.js'
import type { Message, ToolResult } from '../../core/message.js'
import type { ContextPolicy } from './policy.js'

export interface ShownResult {
  readonly result: ToolResult
  readonly tokens: number
}

export interface Unit {
  readonly messages: readonly Message[]
  /** Tokens without the results. */
  readonly tokens: number
  readonly calls: number
  readonly results: readonly ShownResult[]
  /** Never let go: it holds a result tagged `persistent`, or one of unknown outcome, which must not be forgotten. */
  readonly isPinned: boolean
}

/** What decides how results look. */
export interface Sight {
  readonly stubbed: ReadonlySet<string>
  readonly retracted: ReadonlyMap<string, string>
}

/** An assistant message goes with the results behind it; any other message stands alone. */
export function unitsOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const units: Message[][] = []
  for (const message of messages) {
    if (message.role === 'tool' && units.length > 0) units.at(-1)?.push(message)
    else units.push([message])
  }
  return units
}

export function measure(messages: readonly Message[], { tags }: ContextPolicy): Unit {
  const results = messages.flatMap((message) => (message.role === 'tool' ? message.results : []))
  return {
    messages,
    tokens: messages.reduce((sum, message) => sum + messageTokens(message), 0),
    calls: messages.reduce((sum, message) => sum + (message.role === 'assistant' ? message.calls.length : 0), 0),
    results: results.map((result) => ({ result, tokens: resultTokens(result.content) })),
    isPinned: results.some(({ tool, outcome }) => tags[tool] === 'persistent' || outcome === 'unknown'),
  }
}

/** The text in a result's place; undefined when the result itself is shown. `isPast`: the model has answered to it. */
function standIn(shown: ShownResult, sight: Sight, { tags }: ContextPolicy, isPast: boolean): string | undefined {
  const { id, tool } = shown.result
  const reason = sight.retracted.get(id)
  if (reason !== undefined) return `[this result of ${tool} was withdrawn: ${reason}]`
  if (isPast && tags[tool] === 'ephemeral') return `[this result of ${tool} was shown once]`
  return sight.stubbed.has(id) ? stub(shown) : undefined
}

const stub = ({ result: { id, tool }, tokens }: ShownResult): string =>
  `[result of ${tool}, ${tokens} tokens, not shown: reference ${id}]`

/** Tokens of a result as it is shown. */
export function tokensShown(shown: ShownResult, sight: Sight, policy: ContextPolicy, isPast: boolean): number {
  const text = standIn(shown, sight, policy, isPast)
  return text === undefined ? shown.tokens : resultTokens(text)
}

/** What a stub saves; not above 0 where it would be no shorter. */
export const savedByStub = (shown: ShownResult): number => shown.tokens - resultTokens(stub(shown))

/** The messages of a unit; the very same ones when nothing in them is replaced. */
export function renderUnit(unit: Unit, sight: Sight, policy: ContextPolicy, isPast: boolean): readonly Message[] {
  const texts = new Map<string, string>()
  for (const shown of unit.results) {
    const text = standIn(shown, sight, policy, isPast)
    if (text !== undefined) texts.set(shown.result.id, text)
  }
  if (texts.size === 0) return unit.messages
  return unit.messages.map((message) => {
    if (message.role !== 'tool') return message
    const results = message.results.map((one) => ({ ...one, content: texts.get(one.id) ?? one.content }))
    return { ...message, results }
  })
}
