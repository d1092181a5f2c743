/** OpenAI Chat Completions. */

import type { Codec } from '../codec.js'
import { openaiHeaders } from '../openai-envelope.js'
import { chatRefusals, refusal } from '../refusals.js'
import { decodeChat } from './decode.js'
import { encodeChat } from './encode.js'
import { malformedChat, unpairedChat } from './refuse.js'
import { chatFailure, streamChat } from './stream.js'

export const openaiChat: Codec = {
  profile: 'openai-chat',
  address: 'api.openai.com/v1/chat/completions',
  decode: decodeChat,
  malformed: malformedChat,
  unpaired: unpairedChat,
  notJson: refusal(chatRefusals['not-json']),
  encode: encodeChat,
  stream: { headers: openaiHeaders, frames: streamChat, failure: chatFailure },
}
