/** Delimiters around text from outside: what they hold is data, and cannot end them. */

import { digest } from './digest.js'

/** The most tokens that a fence takes beside what it holds. */
export const fenceTokens = 40

const anyFence = /<untrusted-([0-9a-f]{16})>\n[\s\S]*?\n<\/untrusted-\1>/g
const oneFence = /^<untrusted-([0-9a-f]{16})>\n([\s\S]*)\n<\/untrusted-\1>$/

/** The same text with nothing that could open or close a fence. */
export const unfenceable = (text: string): string => text.replace(/<(?=\s*\/?\s*untrusted)/gi, '&lt;')

/** The id is derived from where the text stands and what it says, never from chance: no text can hold its own. */
export function fence(text: string, path: string): string {
  const inside = unfenceable(text)
  const id = digest([path, inside])
  return `<untrusted-${id}>\n${inside}\n</untrusted-${id}>`
}

/** What a text that is one fence holds; undefined for every other text. */
export const fenced = (text: string): string | undefined => oneFence.exec(text)?.[2]

/** What of a text stands in no fence. */
export const outsideFences = (text: string): string => text.replace(anyFence, '')
