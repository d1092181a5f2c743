/** JSON Schema, as far as it is read here: what values have in common, and whether one fits. */

export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly propertyNames?: JsonSchema
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly items?: JsonSchema | boolean
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly not?: JsonSchema
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly definitions?: Readonly<Record<string, JsonSchema>>
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
}

/** The type of a value in JSON Schema's words; whole numbers are `integer`. */
const typeOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value
}

/** A schema that takes all of the values: fields that not every object has are optional. `{}` takes anything. */
export function schemaOf(values: readonly unknown[]): JsonSchema {
  const types = [...new Set(values.map(typeOf))]
  const kinds = types.includes('number') ? types.filter((type) => type !== 'integer') : types
  if (kinds.length === 0) return {}
  if (kinds.length > 1) return { anyOf: kinds.map((kind) => schemaOf(values.filter((value) => isOfType(value, kind)))) }
  const [kind] = kinds
  if (kind === 'array') return { type: 'array', items: schemaOf(values.flat(1) as readonly unknown[]) }
  if (kind === 'object') return objectOf(values as readonly Readonly<Record<string, unknown>>[])
  return { type: kind as string }
}

function objectOf(values: readonly Readonly<Record<string, unknown>>[]): JsonSchema {
  const names = [...new Set(values.flatMap(Object.keys))]
  const having = (name: string) => values.filter((value) => Object.hasOwn(value, name))
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, schemaOf(having(name).map((value) => value[name]))])),
    required: names.filter((name) => having(name).length === values.length),
  }
}

const isOfType = (value: unknown, type: string): boolean =>
  typeOf(value) === type || (type === 'number' && typeof value === 'number')

/** Whether a value fits; fields that the schema does not name do not, as zod would drop them. */
export function fits(schema: JsonSchema | undefined, value: unknown): boolean {
  if (schema === undefined) return true
  if (schema.const !== undefined) return schema.const === value
  if (Array.isArray(schema.enum)) return schema.enum.includes(value)
  const options = schema.anyOf ?? schema.oneOf
  if (Array.isArray(options)) return options.some((option) => fits(option, value))
  const types = typesOf(schema)
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return false
  if (Array.isArray(value)) return value.every((item) => fits(itemsOf(schema), item))
  if (typeof value !== 'object' || value === null || !schema.properties) return true
  const { properties, required = [] } = schema
  return (
    Object.entries(value).every(([name, field]) => Object.hasOwn(properties, name) && fits(properties[name], field)) &&
    required.every((name) => Object.hasOwn(value, name))
  )
}

/** What the items of an array have in common, where a schema says so. */
export const itemsOf = ({ items }: JsonSchema): JsonSchema | undefined =>
  typeof items === 'object' ? items : undefined

/** The types that a schema names; none where it names none. */
export const typesOf = ({ type }: JsonSchema): readonly string[] =>
  type === undefined ? [] : typeof type === 'string' ? [type] : type
