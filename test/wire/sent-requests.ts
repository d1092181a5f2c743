/** Whatever is sent to a simulated provider, by whom and by which way ever. */

import { vi } from 'vitest'
import type { Profile } from '../../src/provider/codec.js'
import { codecs } from '../../src/provider/codecs.js'
import { strayings } from './schema.js'

export interface SentRequest {
  readonly profile: Profile
  readonly body: unknown
}

/** Remembers from now on every body that a provider reads, until the spies are restored. */
export function rememberRequests(): readonly SentRequest[] {
  const sent: SentRequest[] = []
  for (const codec of codecs) {
    const { profile, decode } = codec
    vi.spyOn(codec, 'decode').mockImplementation((body, options) => {
      sent.push({ profile, body })
      return decode(body, options)
    })
  }
  return sent
}

const ids: ReadonlySet<string> = new Set(['id', 'call_id', 'tool_call_id', 'tool_use_id'])

/** A model may give a call no id (`model/id-reuse`); then none goes back, and that is not the sender's doing. */
const asGiven = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (name, value: unknown) => (value === '' && ids.has(name) ? 'none' : value)))

/** What in the requests is not as their provider's schema has it; each way of straying once. */
export const strayingsOf = (sent: readonly SentRequest[]): readonly string[] => [
  ...new Set(
    sent.flatMap(({ profile, body }) =>
      strayings(profile, 'request', asGiven(body)).map((line) => `${profile}: ${line}`),
    ),
  ),
]
