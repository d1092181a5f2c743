/** OpenAI Responses. */

import type { Codec } from '../codec.js'
import { openaiHeaders, openaiNotJson } from '../openai-envelope.js'
import { decodeResponses } from './decode.js'
import { encodeResponses, itemsOfResponse } from './encode.js'
import { refuseResponses } from './refuse.js'
import { responsesFailure, streamResponses } from './stream.js'

export const openaiResponses: Codec = {
  profile: 'openai-responses',
  address: 'api.openai.com/v1/responses',
  decode: decodeResponses,
  refuse: refuseResponses,
  notJson: openaiNotJson,
  encode: encodeResponses,
  stream: { headers: openaiHeaders, frames: streamResponses, failure: responsesFailure },
  items: itemsOfResponse,
}
