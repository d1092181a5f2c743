/**
 * How strictly a provider pairs results with calls. No wire format says it: two servers of one format differ.
 *
 * - `adjacency-strict`: every result stands in the message after its call, in any order, and names it. So the providers whose formats
 *   we speak: the id decides, and the order does not matter (OpenAI, Anthropic). Default.
 * - `order-strict`: the results stand in the order of their calls, too. So a gateway before Gemini, which holds the n-th
 *   `functionResponse` to the id of the n-th `functionCall` (router-for-me/CLIProxyAPI#5199); its text is taken over, with our places
 *   for its own, as no server of a format we speak was seen to say it in another way.
 * - `lenient-positional`: no id is read and no history refused; the n-th result is that of the n-th call. So servers whose chat template
 *   renders results as a row without ids (GLM in JustVugg/colibri#118, xLAM in SalesforceAIResearch/xLAM#23), and models that read
 *   results so whatever the ids say (can1357/oh-my-pi#11179). What is disordered is no error there: the answer is about something else.
 */

import type { Message, ToolResult } from '../core/message.js'
import { strictPairing } from '../core/pairing.js'

export const pairingProfiles = ['adjacency-strict', 'order-strict', 'lenient-positional'] as const
export type PairingProfile = (typeof pairingProfiles)[number]

/** A history at a provider: refused, or read. */
export interface Heard {
  readonly refusal?: string | undefined
  /** As the model is shown it. */
  readonly messages: readonly Message[]
  /** It is shown a result as that of another call than the agent meant. */
  readonly isMisread: boolean
}

/** `judged`: the rules of a wire format have been applied already, with this `refusal`; otherwise the strictest hold. */
export function heardBy(
  profile: PairingProfile,
  { messages, refusal, judged }: { messages: readonly Message[]; refusal?: string | undefined; judged: boolean },
): Heard {
  if (profile === 'lenient-positional') {
    const read = messages.map((message, at) => byPosition(message, messages[at - 1]))
    return { refusal, messages: read, isMisread: messages.some((message, at) => isMisread(message, messages[at - 1])) }
  }
  const unpaired = refusal ?? (judged ? undefined : describePairing(messages))
  const disordered = profile === 'order-strict' ? describeOrder(messages) : undefined
  return { refusal: unpaired ?? disordered, messages, isMisread: false }
}

function byPosition(message: Message, before: Message | undefined): Message {
  if (message.role !== 'tool' || before?.role !== 'assistant') return message
  const results = message.results.map((result, n): ToolResult => {
    const call = before.calls[n]
    return call ? { ...result, id: call.id, tool: call.tool } : result
  })
  return { ...message, results }
}

/** A result that names no call of its batch is not meant as that of another. */
function isMisread(message: Message, before: Message | undefined): boolean {
  if (message.role !== 'tool' || before?.role !== 'assistant') return false
  const { calls } = before
  return message.results.some(({ id }, n) => calls[n]?.id !== id && calls.some((call) => call.id === id))
}

function describePairing(messages: readonly Message[]): string | undefined {
  const fault = strictPairing(messages)
  return fault && `messages.${fault.at}: ${fault.kind}${fault.ids.length > 0 ? ` (${fault.ids.join(', ')})` : ''}`
}

/** Where the results of a batch leave the order of its calls first. An id that comes again counts where it came first. */
function describeOrder(messages: readonly Message[]): string | undefined {
  for (const [at, message] of messages.entries()) {
    const before = messages[at - 1]
    if (message.role !== 'tool' || before?.role !== 'assistant') continue
    const calls = [...new Set(before.calls.map(({ id }) => id))]
    const results = [...new Set(message.results.map(({ id }) => id))]
    const n = results.findIndex((id, index) => id !== calls[index])
    if (n >= 0)
      return `messages[${at}].results[${n}]: id "${results[n]}" does not match id "${calls[n] ?? ''}" at messages[${at - 1}].calls[${n}]`
  }
  return undefined
}
