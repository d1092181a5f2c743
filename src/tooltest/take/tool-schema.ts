/** Schemas of tools, as their authors give them: a Standard Schema, a schema of the AI SDK, a JSON Schema. */

import { StormproofError } from '../../core/error.js'
import type { JsonSchema } from '../../core/json-schema.js'
import { check, isSchema, type Schema } from '../../core/schema.js'
import { flawIn } from '../input/flaw-in.js'
import { InputRefused } from './input-refused.js'
import type { ToolSchema } from './taken-tool.js'

/** Throws a `config` error where it is none that values can be made from. `what`: `the input of refund`. */
export function toolSchema(what: string, given: unknown): ToolSchema {
  const schema = typeof given === 'function' && !isSchema(given) ? (given as () => unknown)() : given
  if (isSchema(schema)) return { json: jsonOf(what, schema), check: (value) => check(schema, value), validates: true }
  if (typeof schema === 'object' && schema !== null) {
    const { jsonSchema, validate } = schema as { jsonSchema?: unknown; validate?: Validate }
    if (typeof jsonSchema === 'object' && jsonSchema !== null) return ofAiSdk(jsonSchema as JsonSchema, validate)
    if (isJsonSchema(schema)) return { json: schema, check: fitting(schema), validates: false }
  }
  throw new StormproofError('config', `${what} has no schema that inputs could be made from`, {
    remedy: 'give it a Standard Schema that knows its JSON Schema, as zod 4 does, or a JSON Schema',
  })
}

type Validate = (value: unknown) => { success: boolean; value?: unknown; error?: unknown } | Promise<unknown>

function ofAiSdk(json: JsonSchema, validate: Validate | undefined): ToolSchema {
  if (!validate) return { json, check: fitting(json), validates: false }
  return {
    json,
    validates: true,
    check: (value) => {
      const checked = validate(value)
      if (checked instanceof Promise)
        throw new StormproofError('config', 'a schema that validates asynchronously cannot be used in a simulation', {
          remedy: 'use a schema that answers at once',
        })
      const { success, value: read, error } = checked as { success: boolean; value?: unknown; error?: Error }
      return success ? { ok: true, value: read } : { ok: false, issues: [String(error?.message ?? error)] }
    },
  }
}

/** As the input is before any transform; what JSON Schema cannot say is `{}` there, and its own validator decides. */
function jsonOf(what: string, schema: Schema): JsonSchema {
  const standard = schema['~standard'] as {
    vendor: string
    jsonSchema?: { input(options: { target: string; libraryOptions: unknown }): unknown }
  }
  if (!standard.jsonSchema)
    throw new StormproofError(
      'config',
      `${what} has a schema of ${standard.vendor} that does not know its JSON Schema`,
      {
        remedy: 'use zod 4, or another library with `~standard.jsonSchema`; or give the JSON Schema itself',
      },
    )
  const libraryOptions = standard.vendor === 'zod' ? { unrepresentable: 'any' } : undefined
  return standard.jsonSchema.input({ target: 'draft-2020-12', libraryOptions }) as JsonSchema
}

const fitting =
  (json: JsonSchema): ToolSchema['check'] =>
  (value) => {
    const flaw = flawIn(json, value)
    return flaw === undefined ? { ok: true, value } : { ok: false, issues: [flaw] }
  }

const words = ['type', 'properties', 'anyOf', 'oneOf', 'allOf', '$ref', 'enum', 'const', '$schema']
const isJsonSchema = (value: object): value is JsonSchema => words.some((word) => word in value)

/** The input as the tool gets it from a runtime that validates. Throws `InputRefused`. */
export function admitted(schema: ToolSchema, input: unknown): unknown {
  if (!schema.validates) return input
  const checked = schema.check(input)
  if (!checked.ok) throw new InputRefused(checked.issues)
  return checked.value
}
