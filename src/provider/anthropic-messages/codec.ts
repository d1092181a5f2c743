/** Anthropic Messages. */

import type { Codec } from '../codec.js'
import { decodeAnthropic } from './decode.js'
import { anthropicHeaders, anthropicNotJson, encodeAnthropic } from './encode.js'
import { refuseAnthropic } from './refuse.js'
import { anthropicFailure, streamAnthropic } from './stream.js'

export const anthropicMessages: Codec = {
  profile: 'anthropic-messages',
  address: 'api.anthropic.com/v1/messages',
  decode: decodeAnthropic,
  refuse: refuseAnthropic,
  notJson: anthropicNotJson,
  encode: encodeAnthropic,
  stream: { headers: anthropicHeaders, frames: streamAnthropic, failure: anthropicFailure },
}
