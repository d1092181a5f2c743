/** How many tokens a text takes: a guess that is never too low for what models really count, and the same everywhere. */

import type { Message } from './message.js'
import { type Schema, toJsonSchema } from './schema.js'

/** Sixths of a token: three letters a token, two digits or signs, and two tokens for whatever is not ASCII. */
const letter = 2
const sign = 3
const foreign = 12

/** What a provider's format adds to each message, call and result. */
const frame = 4

/** Grows with every character: the estimate of a text is never below that of a part of it. */
export function estimate(text: string): number {
  let sixths = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) sixths += foreign
    else sixths += (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 32 ? letter : sign
  }
  return Math.ceil(sixths / 6)
}

/** The longest beginning of `text` that takes no more than `tokens` by estimate. */
export function cutTo(text: string, tokens: number): string {
  if (estimate(text) <= tokens) return text
  let [fits, exceeds] = [0, text.length]
  while (exceeds - fits > 1) {
    const middle = (fits + exceeds) >> 1
    if (estimate(text.slice(0, middle)) <= tokens) fits = middle
    else exceeds = middle
  }
  return text.slice(0, fits)
}

/** A message without its results, which are counted one by one. */
export function messageTokens(message: Message): number {
  if (message.role === 'tool') return frame
  if (message.role !== 'assistant') return frame + estimate(message.text)
  return message.calls.reduce(
    (sum, call) => sum + frame + estimate(call.tool) + estimate(call.arguments),
    frame + estimate(message.text),
  )
}

export const resultTokens = (content: string): number => frame + estimate(content)

const schemas = new WeakMap<object, number>()

/** What a model is told of a tool. A schema is measured once: its text is long and does not change. */
export function toolTokens(tool: {
  readonly name: string
  readonly description: string
  readonly input: Schema
}): number {
  let tokens = schemas.get(tool.input)
  if (tokens === undefined) {
    tokens = estimate(JSON.stringify(toJsonSchema(tool.input) ?? {}))
    schemas.set(tool.input, tokens)
  }
  return frame + estimate(tool.name) + estimate(tool.description) + tokens
}
