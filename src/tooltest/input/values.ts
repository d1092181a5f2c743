/** Values that fit a JSON Schema, as arbitraries. */

import fc from 'fast-check'
import { StormproofError } from '../../core/error.js'
import { type JsonSchema, typesOf } from '../../core/json-schema.js'
import { namedText } from './named.js'
import { numbers } from './numbers.js'
import { plainText, shapedText, wildText } from './texts.js'
import { merged, resolved } from './whole-schema.js'

/** `plain`: what people mean; `wild`: whatever fits. */
export type Taste = 'plain' | 'wild'

interface Place {
  readonly root: JsonSchema
  readonly taste: Taste
  /** `items[].price`, for errors. */
  readonly path: string
  /** The name of the field, which may tell what it holds. */
  readonly name: string
  readonly depth: number
}

/** References that lead into themselves are followed so far. */
const deepest = 4
/** A branch that would go on for ever: whoever may leave it out does. */
class TooDeep extends Error {}

/** Throws a `config` error that names the part which values cannot be made from. */
export const valuesOf = (schema: JsonSchema, taste: Taste): fc.Arbitrary<unknown> =>
  valuesAt(schema, { root: schema, taste, path: '', name: '', depth: 0 })

function valuesAt(given: JsonSchema | boolean, place: Place): fc.Arbitrary<unknown> {
  if (typeof given === 'boolean') return fc.jsonValue({ maxDepth: 1 })
  const schema = merged(given, place.root)
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.$ref !== undefined) return referred(schema.$ref, place)
  const options = schema.anyOf ?? schema.oneOf
  if (options)
    return oneOf(
      options.map((option) => ({ ...schema, anyOf: undefined, oneOf: undefined, ...option }) as JsonSchema),
      place,
    )
  const types = typesOf(schema)
  if (types.length > 1)
    return oneOf(
      types.map((type) => ({ ...schema, type })),
      place,
    )
  return ofType(types[0] ?? guessed(schema), schema, place)
}

/** A schema that forgets to name its type. */
const guessed = (schema: JsonSchema): string =>
  schema.properties ? 'object' : schema.items ? 'array' : schema.pattern ? 'string' : 'any'

function ofType(type: string, schema: JsonSchema, place: Place): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return textOf(schema, place)
    case 'integer':
    case 'number':
      return numbers(schema, type === 'integer', place.taste === 'plain')
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return listOf(schema, place)
    case 'object':
      return objectOf(schema, place)
    case 'any':
      return fc.jsonValue({ maxDepth: 1 })
    default:
      throw cannot(place.path, `its type is ${JSON.stringify(type)}`)
  }
}

function textOf(schema: JsonSchema, { taste, name, path }: Place): fc.Arbitrary<string> {
  const shaped = shapedText(schema)
  if (shaped) return shaped
  if (schema.pattern !== undefined) throw cannot(path, `texts cannot be made from the pattern ${schema.pattern}`)
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
  const isBounded = minLength > 1 || maxLength < 100
  const named = isBounded ? undefined : namedText(name)
  if (taste === 'plain') return named ?? plainText(schema)
  return named ? fc.oneof(named, wildText(schema)) : wildText(schema)
}

function listOf(schema: JsonSchema, place: Place): fc.Arbitrary<unknown> {
  const { prefixItems, items = true, minItems = 0, maxItems = minItems + 4, uniqueItems } = schema
  if (prefixItems) return fc.tuple(...prefixItems.map((item, at) => valuesAt(item, inside(place, `[${at}]`))))
  const length = { minLength: minItems, maxLength: Math.min(maxItems, minItems + 4) }
  try {
    const item = valuesAt(items, { ...inside(place, '[]'), name: place.name.replace(/s$/, '') })
    return uniqueItems
      ? fc.uniqueArray(item, { ...length, selector: (value) => JSON.stringify(value) })
      : fc.array(item, length)
  } catch (error) {
    if (error instanceof TooDeep && minItems === 0) return fc.constant([])
    throw error
  }
}

function objectOf(schema: JsonSchema, place: Place): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema
  const fields: Record<string, fc.Arbitrary<unknown>> = {}
  for (const [name, field] of Object.entries(properties)) {
    try {
      fields[name] = valuesAt(field, { ...inside(place, place.path === '' ? name : `.${name}`), name })
    } catch (error) {
      if (!(error instanceof TooDeep) || required.includes(name)) throw error
    }
  }
  const known = fc.record(fields, { requiredKeys: required.filter((name) => name in fields), noNullPrototype: true })
  if (typeof additionalProperties !== 'object' || Object.keys(properties).length > 0) return known
  const names = propertyNames ? (valuesAt(propertyNames, inside(place, '{}')) as fc.Arbitrary<string>) : plainText({})
  return fc.dictionary(names, valuesAt(additionalProperties, inside(place, '{}')), {
    minKeys: schema.minProperties ?? 0,
    maxKeys: Math.min(schema.maxProperties ?? 4, (schema.minProperties ?? 0) + 4),
    noNullPrototype: true,
  })
}

function oneOf(options: readonly JsonSchema[], place: Place): fc.Arbitrary<unknown> {
  const open: fc.Arbitrary<unknown>[] = []
  for (const option of options) {
    try {
      open.push(valuesAt(option, place))
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error
    }
  }
  if (open.length === 0) throw new TooDeep()
  return fc.oneof(...open)
}

function referred(ref: string, place: Place): fc.Arbitrary<unknown> {
  if (place.depth >= deepest) throw new TooDeep()
  const target = resolved(place.root, ref)
  if (!target) throw cannot(place.path, `it refers to ${ref}, which its schema does not have`)
  return valuesAt(target, { ...place, depth: place.depth + 1 })
}

const inside = (place: Place, part: string): Place => ({ ...place, path: `${place.path}${part}` })

/** The error of a part that no value is made for. */
export const cannot = (path: string, why: string): StormproofError =>
  new StormproofError(
    'config',
    `inputs cannot be made for ${path === '' ? 'the input' : `the field ${path}`}: ${why}`,
    {
      remedy: `give its values: inputs: ({ fc }) => ({ ${/^\w+/.exec(path)?.[0] ?? 'field'}: fc.constantFrom(…) })`,
    },
  )
