/** Arguments that fit their tool's schema and are not those that were meant. */

import { fits, itemsOf, type JsonSchema } from '../core/json-schema.js'
import { type Chance, valueFor } from './fuzz.js'

type Fields = Readonly<Record<string, unknown>>

/** The first field that can be another one is; undefined where none can. `times`: how far it goes. */
export function otherValue(input: unknown, schema: JsonSchema | undefined, times = 1): unknown {
  return changed(input, schema, (value, of) => besides(value, of, times))
}

/** The first text or number that is not one of a few becomes one that nobody has heard of. */
export function inventedValue(input: unknown, schema: JsonSchema | undefined): unknown {
  return changed(input, schema, (value, of) => {
    if (of?.enum || of?.const !== undefined) return undefined
    if (typeof value === 'number') return isTaken(of, 90_417) ? 90_417 : undefined
    if (typeof value !== 'string') return undefined
    return /\d/.test(value) ? value.replace(/\d+/g, '90417') : `${value}-90417`
  })
}

function changed(
  input: unknown,
  schema: JsonSchema | undefined,
  change: (value: unknown, schema: JsonSchema | undefined) => unknown,
): unknown {
  if (Array.isArray(input)) {
    for (const [at, item] of input.entries()) {
      const other = changed(item, schema && itemsOf(schema), change)
      if (other !== undefined) return input.with(at, other)
    }
    return undefined
  }
  if (typeof input !== 'object' || input === null) return change(input, schema)
  for (const [name, value] of Object.entries(input as Fields)) {
    const other = changed(value, schema?.properties?.[name], change)
    if (other !== undefined) return { ...input, [name]: other }
  }
  return undefined
}

function besides(value: unknown, schema: JsonSchema | undefined, times: number): unknown {
  if (schema?.const !== undefined) return undefined
  if (schema?.enum) {
    const at = schema.enum.indexOf(value as never)
    const next = schema.enum[(at + times) % schema.enum.length]
    return next === value ? undefined : next
  }
  if (typeof value === 'boolean') return times % 2 === 1 ? !value : undefined
  if (typeof value === 'number') return [value + times, value - times].find((other) => isTaken(schema, other))
  if (typeof value !== 'string' || schema?.format !== undefined) return undefined
  return /\d/.test(value) ? value.replace(/\d+/, (digits) => String(Number(digits) + times)) : `${value} ${times + 1}`
}

function isTaken(schema: JsonSchema | undefined, value: number): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema ?? {}
  if (value < (minimum ?? value) || value > (maximum ?? value)) return false
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return false
  return (exclusiveMaximum === undefined || value < exclusiveMaximum) && fits(schema, value)
}

/** The same every time: what a model would say that knows nothing but the schema. */
const least: Chance = { int: (_label, min) => min, chance: () => false }

export const plainValue = (schema: JsonSchema | undefined): unknown => valueFor(schema, '', least, false)
