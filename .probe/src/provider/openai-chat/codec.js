/** OpenAI Chat Completions. */
import { openaiNotJson } from '../openai-envelope.js';
import { decodeChat } from './decode.js';
import { encodeChat } from './encode.js';
import { refuseChat } from './refuse.js';
export const openaiChat = {
    profile: 'openai-chat',
    address: 'api.openai.com/v1/chat/completions',
    decode: decodeChat,
    refuse: refuseChat,
    notJson: openaiNotJson,
    encode: encodeChat,
};
