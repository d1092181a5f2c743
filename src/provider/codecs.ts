/** The providers that are simulated, by address. */

import { scriptedUrl } from '../core/scripted-url.js'
import { anthropicMessages } from './anthropic-messages/codec.js'
import type { Codec } from './codec.js'
import { openaiChat } from './openai-chat/codec.js'
import { openaiResponses } from './openai-responses/codec.js'

export const codecs: readonly Codec[] = [openaiChat, openaiResponses, anthropicMessages]

/** Native adapters meet the scripted model at an address of its own, as one more endpoint of Chat Completions. */
const byAddress = new Map<string, Codec>([
  ...codecs.map((codec) => [`https://${codec.address}`, codec] as const),
  [scriptedUrl, openaiChat],
])

/** The codec of a URL, whatever its query; undefined when no simulated provider answers there. */
export function codecFor(url: string): Codec | undefined {
  const query = url.indexOf('?')
  return byAddress.get(query < 0 ? url : url.slice(0, query))
}

const hosts = new Set(codecs.map((codec) => codec.address.slice(0, codec.address.indexOf('/'))))

/** Whether a host belongs to a simulated provider, so that a request to another of its paths is a scenario's mistake. */
export const isProviderHost = (host: string): boolean => hosts.has(host)
