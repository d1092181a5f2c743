/** A tool of this runtime, as `defineTool` makes it. */

import type { AnyTool } from '../../agent/tool.js'
import { checkStrict, isSchema } from '../../core/schema.js'
import type { ToolContext } from '../../core/tool.js'
import { InputRefused } from './input-refused.js'
import type { CallContext } from './taken-tool.js'
import type { Taker } from './taker.js'
import { toolSchema } from './tool-schema.js'

export const ownTool: Taker = (given) => {
  if (!isSchema(given['input']) || !isSchema(given['output'])) return undefined
  if (typeof given['effect'] !== 'string' || typeof given['timeoutMs'] !== 'number') return undefined
  const tool = given as unknown as AnyTool
  const { name, description, effect, idempotency, timeoutMs, execute, compensate } = tool
  return {
    kind: 'stormproof tool',
    name,
    description,
    input: strict(toolSchema(`the input of ${name}`, tool.input), tool),
    output: toolSchema(`the output of ${name}`, tool.output),
    declared: {
      effect,
      idempotency,
      ...(compensate && { compensate: (input, context) => compensate(input, contextOf(tool, context)) }),
    },
    timeoutMs,
    call: (input, context) => {
      const checked = checkStrict(tool.input, input)
      if (!checked.ok) throw new InputRefused(checked.issues)
      return execute(checked.value, contextOf(tool, context))
    },
  }
}

/** The runtime refuses what the schema would change. */
const strict = (schema: ReturnType<typeof toolSchema>, tool: AnyTool): ReturnType<typeof toolSchema> => ({
  ...schema,
  check: (value) => checkStrict(tool.input, value),
})

const contextOf = ({ timeoutMs }: AnyTool, { id, key, signal }: CallContext): ToolContext => ({
  key,
  signal,
  deadline: timeoutMs,
  call: id,
  attempt: 1,
})
