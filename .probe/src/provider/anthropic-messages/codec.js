/** Anthropic Messages. */
import { decodeAnthropic } from './decode.js';
import { anthropicNotJson, encodeAnthropic } from './encode.js';
import { refuseAnthropic } from './refuse.js';
export const anthropicMessages = {
    profile: 'anthropic-messages',
    address: 'api.anthropic.com/v1/messages',
    decode: decodeAnthropic,
    refuse: refuseAnthropic,
    notJson: anthropicNotJson,
    encode: encodeAnthropic,
};
