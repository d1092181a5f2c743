/** A function tool of the OpenAI Agents SDK: `parameters`, and an `invoke` that takes the arguments as text. */

import { type Taker, text } from './taker.js'
import { toolSchema } from './tool-schema.js'

type Invoke = (context: unknown, input: string, details: unknown) => unknown

export const openaiAgentsTool: Taker = (given) => {
  const { type, name, description, parameters, outputSchema, invoke } = given
  if (type !== 'function' || typeof invoke !== 'function' || typeof parameters !== 'object') return undefined
  return {
    kind: 'OpenAI Agents tool',
    name: text(name),
    description: text(description),
    input: toolSchema(`the input of ${text(name)}`, open(parameters)),
    output: outputSchema === undefined ? undefined : toolSchema(`the output of ${text(name)}`, outputSchema),
    declared: {},
    timeoutMs: undefined,
    call: (input, { id, signal }) => {
      const call = JSON.stringify(input) ?? ''
      return (invoke as Invoke).call(given, { context: {} }, call, {
        signal,
        toolCall: { type: 'function_call', callId: id, name: text(name), arguments: call },
      })
    },
  }
}

/** In strict mode its schema forbids unknown fields, to the model alone: the SDK leaves them out before it calls the tool. */
function open(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(open)
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name, value]) => name !== 'additionalProperties' || value !== false)
      .map(([name, value]) => [name, open(value)]),
  )
}
