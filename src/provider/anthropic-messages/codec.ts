/** Anthropic Messages. */

import type { Codec } from '../codec.js'
import { anthropicRefusals, refusal } from '../refusals.js'
import { decodeAnthropic } from './decode.js'
import { anthropicHeaders, encodeAnthropic } from './encode.js'
import { malformedAnthropic, unpairedAnthropic } from './refuse.js'
import { anthropicFailure, streamAnthropic } from './stream.js'

export const anthropicMessages: Codec = {
  profile: 'anthropic-messages',
  address: 'api.anthropic.com/v1/messages',
  decode: decodeAnthropic,
  malformed: malformedAnthropic,
  unpaired: unpairedAnthropic,
  notJson: refusal(anthropicRefusals['not-json']),
  encode: encodeAnthropic,
  stream: { headers: anthropicHeaders, frames: streamAnthropic, failure: anthropicFailure },
}
