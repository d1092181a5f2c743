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
    call: (value, { id, signal }) =>
      (execute as Execute).call(given, admitted(input, value), { toolCallId: id, messages: [], abortSignal: signal }),
  }
}
