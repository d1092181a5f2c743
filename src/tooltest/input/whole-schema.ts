/** A schema with what it refers to and what it is put together of in its place. */

import type { JsonSchema } from '../../core/json-schema.js'

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
