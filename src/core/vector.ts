/** Texts as vectors, without a model: equal words, equal places. */

import { hash32 } from './digest.js'

export type Vector = readonly number[]
export type Embed = (text: string) => Vector | Promise<Vector>

const dimensions = 64

/** Counts of hashed words, of length 1. The same text gives the same vector on every machine. */
export function hashingEmbedder(text: string): Vector {
  const counts = new Array<number>(dimensions).fill(0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const place = hash32(word) % dimensions
    counts[place] = (counts[place] as number) + 1
  }
  const length = Math.sqrt(counts.reduce((sum, count) => sum + count * count, 0))
  return length === 0 ? counts : counts.map((count) => count / length)
}

/** From 0, nothing in common, to 1, the same direction; 0 for vectors that cannot be compared. */
export function similarity(a: Vector, b: Vector): number {
  if (a.length !== b.length) return 0
  let [product, ofA, ofB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number]
    product += x * y
    ofA += x * x
    ofB += y * y
  }
  const lengths = Math.sqrt(ofA * ofB)
  return lengths > 0 ? Math.min(1, Math.max(0, product / lengths)) : 0
}
