/** OpenAI Responses. */
import { openaiNotJson } from '../openai-envelope.js';
import { decodeResponses } from './decode.js';
import { encodeResponses, itemsOfResponse } from './encode.js';
import { refuseResponses } from './refuse.js';
export const openaiResponses = {
    profile: 'openai-responses',
    address: 'api.openai.com/v1/responses',
    decode: decodeResponses,
    refuse: refuseResponses,
    notJson: openaiNotJson,
    encode: encodeResponses,
    items: itemsOfResponse,
};
