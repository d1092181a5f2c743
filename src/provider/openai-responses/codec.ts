/** OpenAI Responses. */

import type { Codec } from '../codec.js'
import { openaiHeaders } from '../openai-envelope.js'
import { refusal, responsesRefusals } from '../refusals.js'
import { decodeResponses } from './decode.js'
import { encodeResponses, itemsOfResponse } from './encode.js'
import { malformedResponses, unpairedResponses } from './refuse.js'
import { responsesFailure, streamResponses } from './stream.js'

export const openaiResponses: Codec = {
  profile: 'openai-responses',
  address: 'api.openai.com/v1/responses',
  decode: decodeResponses,
  malformed: malformedResponses,
  unpaired: unpairedResponses,
  notJson: refusal(responsesRefusals['not-json']),
  encode: encodeResponses,
  stream: { headers: openaiHeaders, frames: streamResponses, failure: responsesFailure },
  items: itemsOfResponse,
}
