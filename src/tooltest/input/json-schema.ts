/** JSON Schema as values are made from it: the parts that say which values fit. */

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

/** What `#/$defs/Address` stands for in its document; undefined where it leads nowhere. */
export function resolved(root: JsonSchema, ref: string): JsonSchema | undefined {
  if (ref === '#') return root
  if (!ref.startsWith('#/')) return undefined
  let at: unknown = root
  for (const part of ref.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<string, unknown>)[key]
  }
  return at as JsonSchema
}

/** All parts of an `allOf`, and what stands beside it, as one schema. */
export function merged(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { allOf, ...own } = schema
  if (!allOf) return schema
  let whole: JsonSchema = own
  for (const part of allOf) {
    const { $ref, ...rest } = part
    const other = merged($ref === undefined ? part : { ...resolved(root, $ref), ...rest }, root)
    whole = { ...whole, ...other, ...tighter(whole, other) }
  }
  return whole
}

function tighter(one: JsonSchema, other: JsonSchema): JsonSchema {
  const lowest = (field: 'minimum' | 'exclusiveMinimum' | 'minLength' | 'minItems') =>
    one[field] !== undefined && other[field] !== undefined ? { [field]: Math.max(one[field], other[field]) } : {}
  const highest = (field: 'maximum' | 'exclusiveMaximum' | 'maxLength' | 'maxItems') =>
    one[field] !== undefined && other[field] !== undefined ? { [field]: Math.min(one[field], other[field]) } : {}
  return {
    ...(one.properties && { properties: { ...one.properties, ...other.properties } }),
    ...(one.required && { required: [...new Set([...one.required, ...(other.required ?? [])])] }),
    ...{ ...lowest('minimum'), ...lowest('exclusiveMinimum'), ...lowest('minLength'), ...lowest('minItems') },
    ...{ ...highest('maximum'), ...highest('exclusiveMaximum'), ...highest('maxLength'), ...highest('maxItems') },
  }
}

/** The types a schema names; none where it names none. */
export const typesOf = ({ type }: JsonSchema): readonly string[] =>
  type === undefined ? [] : typeof type === 'string' ? [type] : type
