/** Words and numbers of an error answer that depend on the request. */

import type { EncodeContext, ErrorReply, Profile } from './codec.js'
import { defaultWait, type ErrorRow, errorRow } from './errors.js'
import { filled } from './refusals.js'

export interface WordedError {
  readonly row: ErrorRow
  readonly text: string
  /** Seconds until a limit resets: what the reply asks for, where that is a number. */
  readonly waitSeconds: number
}

export function wordError(profile: Profile, reply: ErrorReply, context: EncodeContext): WordedError {
  const row = errorRow(profile, reply.error, reply.status)
  const asked = askedSeconds(reply)
  const wait = asked === undefined ? defaultWait : String(asked)
  const text = reply.text ?? filled(row.text, { model: context.model, wait })
  return { row, text, waitSeconds: Number(wait) }
}

function askedSeconds(reply: ErrorReply): number | undefined {
  const seconds = reply.retryAfterMs === undefined ? Number(reply.retryAfter) : Number(reply.retryAfterMs) / 1000
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

/** The headers a reply asks for, verbatim. */
export function retryHeaders(reply: ErrorReply): Record<string, string> {
  const headers: Record<string, string> = {}
  if (reply.retryAfter !== undefined) headers['retry-after'] = reply.retryAfter
  if (reply.retryAfterMs !== undefined) headers['retry-after-ms'] = reply.retryAfterMs
  if (reply.shouldRetry !== undefined) headers['x-should-retry'] = reply.shouldRetry
  return headers
}

/** The page a proxy writes when the provider behind it does not answer. */
export function proxyPage(text: string): string {
  return `<html>\r\n<head><title>${text}</title></head>\r\n<body>\r\n<center><h1>${text}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`
}
