/** What the model is shown of a result: nothing that steers a terminal or an eye, and no more than its cap. */

import { toolNamed } from './agent.js'
import { maxResultBytes } from './defaults.js'
import type { Run } from './run.js'
import type { CallState } from './state.js'

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
