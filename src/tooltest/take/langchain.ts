/** A structured tool of LangChain: `schema` and `invoke`, which validates by itself. */

import { type Taker, text } from './taker.js'
import { toolSchema } from './tool-schema.js'

type Invoke = (input: unknown, config: unknown) => unknown

export const langchainTool: Taker = (given) => {
  const { name, description, schema, invoke } = given
  if (schema === undefined || typeof invoke !== 'function' || typeof name !== 'string') return undefined
  return {
    kind: 'LangChain tool',
    name,
    description: text(description),
    input: toolSchema(`the input of ${name}`, schema),
    output: undefined,
    declared: {},
    timeoutMs: undefined,
    call: (input, { signal }) => (invoke as Invoke).call(given, input, { signal }),
  }
}
