/** The inputs of one tool: those that fit, plain and wild, and those that do not. */

import fc from 'fast-check'
import type { JsonSchema } from '../../core/json-schema.js'
import type { ToolSchema } from '../take/taken-tool.js'
import { type InvalidInput, invalidInputs } from './invalid.js'
import { cannot, type Taste, valuesOf } from './values.js'

export interface Inputs {
  /** As people mean them. */
  readonly plain: fc.Arbitrary<unknown>
  /** Whatever fits: limits, and what breaks code. */
  readonly wild: fc.Arbitrary<unknown>
  /** Undefined where the schema takes whatever comes. */
  readonly invalid: fc.Arbitrary<InvalidInput> | undefined
}

export type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>

const tries = 200
/** Of so many tries one must fit, or making inputs takes longer than judging them. */
const fitting = 4

/** `own`: the user's arbitraries of fields, which are asked instead of the schema. Throws a `config` error where nothing can be made. */
export function inputsOf(schema: ToolSchema, own: Fields, seed: number): Inputs {
  const plain = valid(schema, own, 'plain', seed)
  const wild = valid(schema, own, 'wild', seed)
  return { plain, wild, invalid: invalidInputs(schema, plain, sample(plain, seed, 20)) }
}

function valid(schema: ToolSchema, own: Fields, taste: Taste, seed: number): fc.Arbitrary<unknown> {
  const made = valuesOf(without(schema.json, Object.keys(own)), taste)
  const all =
    Object.keys(own).length === 0
      ? made
      : fc.tuple(made, fc.record(own)).map(([rest, given]) => ({ ...(rest as object), ...given }))
  const checked = sample(all, seed, tries).map((value) => schema.check(value))
  const good = checked.filter(({ ok }) => ok).length
  if (good < fitting) throw refused(checked, good)
  return good === tries ? all : all.filter((value) => schema.check(value).ok)
}

type Checked = ReturnType<ToolSchema['check']>

function refused(checked: readonly Checked[], good: number): Error {
  const flaws = checked.flatMap((one) => (one.ok ? [] : one.issues.slice(0, 1)))
  const often = [...new Set(flaws)].sort((one, other) => count(flaws, other) - count(flaws, one))[0] ?? ''
  const path = /^([\w.[\]]+): /.exec(often)?.[1] ?? ''
  const which = good === 0 ? 'none' : `only ${good}`
  return cannot(path, `of ${tries} that fit its JSON Schema ${which} passed its own validation (${often})`)
}

const count = (all: readonly string[], one: string): number => all.filter((other) => other === one).length

/** The schema of the fields that are left to make. */
function without(schema: JsonSchema, names: readonly string[]): JsonSchema {
  if (names.length === 0 || !schema.properties) return schema
  const properties = Object.fromEntries(Object.entries(schema.properties).filter(([name]) => !names.includes(name)))
  return { ...schema, properties, required: (schema.required ?? []).filter((name) => !names.includes(name)) }
}

/** The same for the same seed. */
export const sample = <T>(values: fc.Arbitrary<T>, seed: number, count: number): readonly T[] =>
  fc.sample(values, { seed, numRuns: count })
