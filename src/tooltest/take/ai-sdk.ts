/** A tool of the AI SDK: `inputSchema` and `execute`. The SDK validates where the schema can. */

import { type Taker, text } from './taker.js'
import { admitted, toolSchema } from './tool-schema.js'

type Execute = (input: unknown, options: unknown) => unknown

export const aiSdkTool: Taker = (given, name) => {
  const { inputSchema, outputSchema, execute, description } = given
  if (inputSchema === undefined || typeof execute !== 'function') return undefined
  const input = toolSchema(`the input of ${name}`, inputSchema)
  return {
    kind: 'AI SDK tool',
    name,
    description: text(description),
    input,
    output: outputSchema === undefined ? undefined : toolSchema(`the output of ${name}`, outputSchema),
    declared: {},
    timeoutMs: undefined,
    call: (value, { id, signal }) => {
      const options = { toolCallId: id, messages: [], abortSignal: signal }
      return last((execute as Execute).call(given, admitted(input, value), options))
    },
  }
}

/** Of a tool that yields, what it yields last is the result. */
function last(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return result
  return drained(result as AsyncIterable<unknown>)
}

async function drained(parts: AsyncIterable<unknown>): Promise<unknown> {
  let result: unknown
  for await (const part of parts) result = part
  return result
}
