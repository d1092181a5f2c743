/** The providers that are simulated, by address. */
import { anthropicMessages } from './anthropic-messages/codec.js';
import { openaiChat } from './openai-chat/codec.js';
import { openaiResponses } from './openai-responses/codec.js';
export const codecs = [openaiChat, openaiResponses, anthropicMessages];
const byAddress = new Map(codecs.map((codec) => [`https://${codec.address}`, codec]));
/** The codec of a URL, whatever its query; undefined when no simulated provider answers there. */
export function codecFor(url) {
    const query = url.indexOf('?');
    return byAddress.get(query < 0 ? url : url.slice(0, query));
}
const hosts = new Set(codecs.map((codec) => codec.address.slice(0, codec.address.indexOf('/'))));
/** Whether a host belongs to a simulated provider, so that a request to another of its paths is a scenario's mistake. */
export const isProviderHost = (host) => hosts.has(host);
