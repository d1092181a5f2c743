/** A schema beside a function, under the names people give them: whoever runs it validates first where the schema can. */

import { type Taker, text } from './taker.js'
import { admitted, toolSchema } from './tool-schema.js'

type Work = (input: unknown, options: unknown) => unknown

export const plainTool: Taker = (given, known) => {
  const work = given['execute'] ?? given['handler'] ?? given['run'] ?? given['func']
  if (typeof work !== 'function') return undefined
  const schema = given['input'] ?? given['schema'] ?? given['parameters'] ?? given['inputSchema']
  const name = text(given['name']) || known
  const input = toolSchema(`the input of ${name}`, schema)
  const output = given['output'] ?? given['outputSchema']
  return {
    kind: 'function with a schema',
    name,
    description: text(given['description']),
    input,
    output: output === undefined ? undefined : toolSchema(`the output of ${name}`, output),
    declared: {},
    timeoutMs: undefined,
    call: (value, { id, key, signal }) =>
      (work as Work).call(given, admitted(input, value), { id, key, signal, abortSignal: signal }),
  }
}
