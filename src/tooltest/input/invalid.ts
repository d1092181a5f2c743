/** Inputs as a model gets them wrong: each is one that fits, with one thing done to it. */

import fc from 'fast-check'
import type { JsonSchema } from '../../core/json-schema.js'
import type { ToolSchema } from '../take/taken-tool.js'
import { merged } from './whole-schema.js'

/** What is done, in words, and to which value. */
interface Slip {
  readonly how: string
  readonly change: (input: unknown) => unknown
}

export interface InvalidInput {
  readonly input: unknown
  /** `cents as text`. */
  readonly how: string
}

/**
 * Undefined where nothing that a model gets wrong is refused: the schema takes whatever comes. `samples` are inputs that fit: a slip that
 * makes none of them unfit is none.
 */
export function invalidInputs(
  schema: ToolSchema,
  valid: fc.Arbitrary<unknown>,
  samples: readonly unknown[],
): fc.Arbitrary<InvalidInput> | undefined {
  const isInvalid = (input: unknown): boolean => !schema.check(input).ok
  const slips = [...wholeSlips, ...fieldSlips(merged(schema.json, schema.json))].filter(({ change }) =>
    samples.some((sample) => isInvalid(change(sample))),
  )
  if (slips.length === 0) return undefined
  return fc
    .tuple(fc.constantFrom(...slips), valid)
    .map(([{ how, change }, input]) => ({ how, input: change(input) }))
    .filter(({ input }) => isInvalid(input))
}

const wholeSlips: readonly Slip[] = [
  { how: 'nothing at all', change: () => null },
  { how: 'an empty object', change: () => ({}) },
  { how: 'a list around it', change: (input) => [input] },
  { how: 'one object too deep', change: (input) => ({ input }) },
  { how: 'as text', change: (input) => JSON.stringify(input) },
  { how: 'as text that breaks off', change: (input) => (JSON.stringify(input) ?? '').slice(0, -2) },
  { how: 'an unknown field', change: (input) => ({ ...(input as object), unknownField: 1 }) },
  {
    how: 'a prototype key',
    // As JSON.parse makes it: assigned, it would set the prototype and be lost.
    change: (input) =>
      Object.defineProperty({ ...(input as object) }, '__proto__', {
        ...{ value: { admin: true }, enumerable: true, writable: true, configurable: true },
      }),
  },
]

/** One value for another: undefined leaves the field out. */
const turns: readonly (readonly [how: string, turn: (value: unknown, field: JsonSchema) => unknown])[] = [
  ['missing', () => undefined],
  ['null', () => null],
  ['as text', (value) => (typeof value === 'string' ? value : JSON.stringify(value))],
  ['a number', () => 42],
  ['as a list', (value) => [value]],
  ['as an object', (value) => ({ value })],
  ['true', () => true],
  ['an empty text', () => ''],
  ['below its range', (_value, field) => (field.exclusiveMinimum ?? field.minimum ?? Number.NaN) - 1],
  ['above its range', (_value, field) => (field.exclusiveMaximum ?? field.maximum ?? Number.NaN) * 2],
  ['zero', () => 0],
  ['negative', (value) => (typeof value === 'number' ? -Math.abs(value) : value)],
  ['a fraction', (value) => (typeof value === 'number' ? value + 0.5 : value)],
  ['in capitals', (value) => (typeof value === 'string' ? value.toUpperCase() : value)],
  ['nearly right', (value) => (typeof value === 'string' ? `${value}s` : value)],
  ['far too long', (value) => (typeof value === 'string' ? value.padEnd(100_000, 'x') : value)],
  ['an empty list', (value) => (Array.isArray(value) ? [] : value)],
  ['a list with a hole', (value) => (Array.isArray(value) ? [...value, null] : value)],
]

/** Of each field; those of an object inside it one level down as well. */
function fieldSlips({ properties = {} }: JsonSchema, path: readonly string[] = []): readonly Slip[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const at = [...path, name]
    const own = turns.map(([how, turn]) => ({
      how: `${at.join('.')} ${how}`,
      change: (input: unknown) => changedAt(input, at, (value) => turn(value, field)),
    }))
    return path.length === 0 && field.type === 'object' ? [...own, ...fieldSlips(field, at)] : own
  })
}

function changedAt(input: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return change(input)
  if (typeof input !== 'object' || input === null) return input
  const { [name]: old, ...others } = input as Record<string, unknown>
  const value = changedAt(old, rest, change)
  return value === undefined ? others : { ...others, [name]: value }
}
