/** JSON Schema as zod source text. What it cannot say is `z.unknown()`, never a narrower guess. */

import { itemsOf, type JsonSchema, typesOf } from '../core/json-schema.js'
import { block, keyLiteral, valueLiteral } from './literal.js'

const plain: Readonly<Record<string, string>> = {
  string: 'z.string()',
  number: 'z.number()',
  integer: 'z.number().int()',
  boolean: 'z.boolean()',
  null: 'z.null()',
}

/** The expression, written for a place that is indented by `indent`. */
export function zodSource(schema: JsonSchema | undefined, indent = ''): string {
  if (!isSchema(schema)) return 'z.unknown()'
  if (schema.const !== undefined) return choice([schema.const])
  if (Array.isArray(schema.enum)) return choice(schema.enum)
  const options = schema.anyOf ?? schema.oneOf
  if (Array.isArray(options)) return union(options.map((option) => zodSource(option, indent)))
  return union(typesOf(schema).map((type) => ofType(type, schema, indent)))
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null

function ofType(type: string, schema: JsonSchema, indent: string): string {
  if (type === 'array') return `z.array(${zodSource(itemsOf(schema), indent)})`
  if (type === 'object') return objectSource(schema, indent)
  return plain[type] ?? 'z.unknown()'
}

function objectSource({ properties, required }: JsonSchema, indent: string): string {
  if (!isSchema(properties)) return 'z.record(z.string(), z.unknown())'
  const names = Array.isArray(required) ? required : []
  const fields = Object.entries(properties).map(
    ([name, field]) =>
      `${keyLiteral(name)}: ${zodSource(field, `${indent}  `)}${names.includes(name) ? '' : '.optional()'}`,
  )
  return `z.object(${block(['{', '}'], fields, indent)})`
}

function union(options: readonly string[]): string {
  const [only, ...more] = new Set(options)
  if (only === undefined) return 'z.unknown()'
  const without = [only, ...more].filter((option) => option !== plain['null'])
  if (without.length === 1 && more.length > 0) return `${without[0]}.nullable()`
  return more.length === 0 ? only : `z.union([${[only, ...more].join(', ')}])`
}

const choice = (values: readonly unknown[]): string =>
  values.length > 1 && values.every((value) => typeof value === 'string')
    ? `z.enum(${valueLiteral(values)})`
    : union(values.map((value) => (isLiteral(value) ? `z.literal(${valueLiteral(value)})` : 'z.unknown()')))

const isLiteral = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value)
