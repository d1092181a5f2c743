/** Integer mixes and digests: pure, the same on every engine, and no defence against anyone who wants a collision. */

import { canonical } from './json.js'

/** FNV-1a over UTF-16 code units, finished by murmur3's avalanche: 32 bits. */
export function hash32(text: string, seed = 0): number {
  let h = (seed ^ 2166136261) | 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  return mix32(h)
}

/** Murmur3's finaliser: every input bit reaches every output bit. */
export function mix32(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** 64 bits of hex over the canonical text of a value: equal values, equal digests. */
export function digest(value: unknown): string {
  return digestText(canonical(value))
}

/** Two 32-bit lanes over the text in one pass. */
function digestText(text: string): string {
  let a = 0x9e3779b9 ^ 2166136261
  let b = 0x51ed270b ^ 2166136261
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 16777619)
    b = Math.imul(b ^ code, 0x5bd1e995)
  }
  return hex(mix32(a)) + hex(mix32(b ^ text.length))
}

const bytes: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Six times as fast as `toString(16)`, and every call is digested. */
const hex = (word: number): string =>
  `${bytes[word >>> 24]}${bytes[(word >>> 16) & 255]}${bytes[(word >>> 8) & 255]}${bytes[word & 255]}`
