/** What the model is shown of a batch: nothing that steers a terminal or an eye, and no more of a result than its cap. */

import type { Committed } from '../core/event.js'
import type { Message } from '../core/message.js'
import { toolNamed } from './agent.js'
import { maxResultBytes } from './defaults.js'
import type { Run } from './run.js'
import type { CallState } from './state.js'

/** A value is shown as JSON; a failure says that nothing happened; an unknown outcome says that it may have. */
export function render(call: CallState): string {
  if (call.outcome === 'ok') return JSON.stringify(call.value ?? null)
  const { tool } = call.intent
  const error = call.error ? `${call.error.class}: ${call.error.text}` : 'no reason is known'
  if (call.outcome === 'failed') return `${tool} failed and did not take effect. ${error}`
  const known = call.applied ? 'It did take effect, but its answer is lost.' : 'It may or may not have taken effect.'
  return `The outcome of ${tool} is unknown. ${known} Do not assume that it failed. ${error}`
}

/** One assistant message with all its calls, then one message with all their results. */
export function messagesOf(
  calls: readonly CallState[],
  text: string,
  results: readonly Committed[],
): readonly Message[] {
  const proposed = calls.map(({ intent: { id }, proposed: { tool, arguments: text } }) => ({
    id,
    tool,
    arguments: text,
  }))
  return [
    { role: 'assistant', text, calls: proposed },
    { role: 'tool', results: results.map(({ id, tool, content, outcome }) => ({ id, tool, content, outcome })) },
  ]
}

/** Control characters but tab and line ends, and the marks that turn the direction of text around. */
const control = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu
/** The first of them as JSON writes them, after an even number of backslashes. */
const escaped = /(?<!\\)((?:\\\\)*)\\u00[01][0-9a-f]/g

/** One look that lets nearly every text pass. */
const suspect = /\\u00[01]|(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u

/** The text of one result: labelled where another source gave it, cleaned, and cut with a reference to the rest. */
export function shown({ agent, parts }: Run, call: CallState): string {
  const text = parts.render(call)
  const labelled = call.note === undefined ? text : `[${call.note}] ${text}`
  const clean = suspect.test(labelled) ? labelled.replace(escaped, '$1').replace(control, '') : labelled
  return cut(clean, toolNamed(agent, call.intent.tool)?.maxResultBytes ?? maxResultBytes, call.intent.call)
}

/** Bytes of UTF-8; no character is cut in two. */
function cut(text: string, max: number, call: string): string {
  if (text.length * 3 <= max) return text
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= max) return text
  let end = max
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  const head = new TextDecoder().decode(bytes.subarray(0, end))
  return `${head}\n[cut after ${end} of ${bytes.length} bytes; the log holds the whole result of ${call}]`
}
