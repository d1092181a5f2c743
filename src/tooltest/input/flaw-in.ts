/** What is wrong with a value by a JSON Schema: for tools that have nothing better to validate with. */

import { sameCanonical } from '../../core/json.js'
import { type JsonSchema, typesOf } from '../../core/json-schema.js'
import { resolved } from './whole-schema.js'

/** The first thing that does not fit, with its path; undefined when all fits. Formats are not looked at. */
export const flawIn = (schema: JsonSchema, value: unknown): string | undefined => flawAt(schema, value, schema, '')

type Look = (schema: JsonSchema, value: unknown, root: JsonSchema, path: string) => string | undefined

function flawAt(schema: JsonSchema | boolean, value: unknown, root: JsonSchema, path: string): string | undefined {
  if (typeof schema === 'boolean') return schema ? undefined : said(path, 'is not allowed')
  for (const look of looks) {
    const flaw = look(schema, value, root, path)
    if (flaw !== undefined) return flaw
  }
  return undefined
}

const said = (path: string, what: string): string => (path === '' ? what : `${path}: ${what}`)

const looks: readonly Look[] = [
  flawOfType,
  flawOfChoice,
  flawOfParts,
  flawOfText,
  flawOfNumber,
  flawOfList,
  flawOfObject,
]

function flawOfType(schema: JsonSchema, value: unknown, _root: JsonSchema, path: string): string | undefined {
  const types = typesOf(schema)
  if (types.length === 0 || types.some((type) => isOf(type, value))) return undefined
  return said(path, `is no ${types.join(' or ')}`)
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    default:
      return typeof value === type
  }
}

function flawOfChoice(schema: JsonSchema, value: unknown, _root: JsonSchema, path: string): string | undefined {
  if ('const' in schema && !sameCanonical(schema.const, value))
    return said(path, `is not ${JSON.stringify(schema.const)}`)
  if (schema.enum && !schema.enum.some((one) => sameCanonical(one, value)))
    return said(path, `is none of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}`)
  return undefined
}

function flawOfParts(schema: JsonSchema, value: unknown, root: JsonSchema, path: string): string | undefined {
  const fits = (part: JsonSchema): boolean => flawAt(part, value, root, path) === undefined
  if (schema.$ref !== undefined) {
    const target = resolved(root, schema.$ref)
    const flaw = target && flawAt(target, value, root, path)
    if (flaw !== undefined) return flaw
  }
  for (const part of schema.allOf ?? []) {
    const flaw = flawAt(part, value, root, path)
    if (flaw !== undefined) return flaw
  }
  if (schema.anyOf && !schema.anyOf.some(fits)) return said(path, 'fits no alternative')
  if (schema.oneOf && schema.oneOf.filter(fits).length !== 1) return said(path, 'does not fit exactly one alternative')
  if (schema.not && fits(schema.not)) return said(path, 'fits what it must not be')
  return undefined
}

function flawOfText(schema: JsonSchema, value: unknown, _root: JsonSchema, path: string): string | undefined {
  if (typeof value !== 'string') return undefined
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema
  const length = [...value].length
  if (length < minLength) return said(path, `is shorter than ${minLength}`)
  if (length > maxLength) return said(path, `is longer than ${maxLength}`)
  return pattern !== undefined && !new RegExp(pattern, 'u').test(value)
    ? said(path, `does not match ${pattern}`)
    : undefined
}

function flawOfNumber(schema: JsonSchema, value: unknown, _root: JsonSchema, path: string): string | undefined {
  if (typeof value !== 'number') return undefined
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = schema
  if (minimum !== undefined && value < minimum) return said(path, `is less than ${minimum}`)
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return said(path, `is not more than ${exclusiveMinimum}`)
  if (maximum !== undefined && value > maximum) return said(path, `is more than ${maximum}`)
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    return said(path, `is not less than ${exclusiveMaximum}`)
  if (multipleOf !== undefined && Math.abs(value / multipleOf - Math.round(value / multipleOf)) > 1e-9)
    return said(path, `is no multiple of ${multipleOf}`)
  return undefined
}

function flawOfList(schema: JsonSchema, value: unknown, root: JsonSchema, path: string): string | undefined {
  if (!Array.isArray(value)) return undefined
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems, prefixItems = [], items } = schema
  if (value.length < minItems) return said(path, `has fewer than ${minItems} items`)
  if (value.length > maxItems) return said(path, `has more than ${maxItems} items`)
  if (uniqueItems && value.some((one, at) => value.slice(0, at).some((other) => sameCanonical(one, other))))
    return said(path, 'has an item twice')
  for (const [at, item] of value.entries()) {
    const part = prefixItems[at] ?? items
    const flaw = part === undefined ? undefined : flawAt(part, item, root, `${path}[${at}]`)
    if (flaw !== undefined) return flaw
  }
  return undefined
}

function flawOfObject(schema: JsonSchema, value: unknown, root: JsonSchema, path: string): string | undefined {
  if (!isOf('object', value)) return undefined
  const { properties = {}, required = [], additionalProperties, propertyNames, minProperties = 0 } = schema
  const names = Object.keys(value as object)
  const missing = required.find((name) => !Object.hasOwn(value as object, name))
  if (missing !== undefined) return said(path, `${missing} is missing`)
  if (names.length < minProperties) return said(path, `has fewer than ${minProperties} fields`)
  if (names.length > (schema.maxProperties ?? names.length))
    return said(path, `has more than ${schema.maxProperties} fields`)
  for (const name of names) {
    const at = path === '' ? name : `${path}.${name}`
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
    const flaw =
      (propertyNames && flawAt(propertyNames, name, root, at)) ??
      (own === undefined ? undefined : flawAt(own, (value as Record<string, unknown>)[name], root, at))
    if (flaw !== undefined) return flaw
  }
  return undefined
}
