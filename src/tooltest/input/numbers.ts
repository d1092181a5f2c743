/** Numbers that fit a schema: small ones, the limits, and the largest there are. */

import fc from 'fast-check'
import type { JsonSchema } from '../../core/json-schema.js'

interface Range {
  readonly low: number
  readonly high: number
}

const small = 1_000

/** `whole`: integers alone. `plain`: small ones, simplest first. */
export function numbers(schema: JsonSchema, whole: boolean, plain: boolean): fc.Arbitrary<number> {
  const step = schema.multipleOf
  if (step !== undefined) {
    const { low, high } = rangeOf(schema, true)
    const ends = { min: Math.ceil(Math.max(low, -1e9) / step), max: Math.floor(Math.min(high, 1e9) / step) }
    return fc.integer(ends).map((times) => times * step)
  }
  const range = rangeOf(schema, whole)
  const easy = wholeIn(tamed(range))
  if (plain) return easy ?? anyIn(range)
  const edges = edgesOf(range, whole)
  return fc.oneof(
    ...(easy ? [easy] : []),
    fc.constantFrom(...edges),
    whole ? (wholeIn(range) ?? anyIn(range)) : anyIn(range),
  )
}

function rangeOf(schema: JsonSchema, whole: boolean): Range {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  const widest = whole ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE
  const above =
    exclusiveMinimum === undefined ? -widest : whole ? Math.floor(exclusiveMinimum) + 1 : next(exclusiveMinimum, 1)
  const below =
    exclusiveMaximum === undefined ? widest : whole ? Math.ceil(exclusiveMaximum) - 1 : next(exclusiveMaximum, -1)
  return { low: Math.max(minimum ?? -widest, above), high: Math.min(maximum ?? widest, below) }
}

/** A number a little further on. */
const next = (from: number, sign: 1 | -1): number => from + sign * Math.max(Math.abs(from) * 1e-9, 1e-9)

/** From the simplest on, a thousand further at the most. */
function tamed({ low, high }: Range): Range {
  if (low > 0) return { low, high: Math.min(high, low + small) }
  return { low: Math.max(low, Math.min(high, 0)), high: Math.min(high, small) }
}

function wholeIn({ low, high }: Range): fc.Arbitrary<number> | undefined {
  const ends = {
    min: Math.max(Math.ceil(low), Number.MIN_SAFE_INTEGER),
    max: Math.min(Math.floor(high), Number.MAX_SAFE_INTEGER),
  }
  return ends.min <= ends.max ? integers(ends) : undefined
}

/** `fc.integer` shrinks towards 0, which may be out of range, and is for 32 bits. */
function integers({ min, max }: { min: number; max: number }): fc.Arbitrary<number> {
  if (max - min <= 0x7fffffff) return fc.integer({ min: 0, max: max - min }).map((further) => min + further)
  return fc.bigInt({ min: BigInt(min), max: BigInt(max) }).map(Number)
}

const anyIn = ({ low, high }: Range): fc.Arbitrary<number> =>
  fc.double({ min: low, max: high, noNaN: true, noDefaultInfinity: true })

function edgesOf({ low, high }: Range, whole: boolean): readonly number[] {
  const between = [0, -1, 1, ...(whole ? [] : [0.1 + 0.2, -0.5, 1e-7])].filter((one) => one >= low && one <= high)
  return [low, high, ...between]
}
