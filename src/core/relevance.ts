/** Which memories are worth showing: recency, importance and relevance, each from 0 to 1. */

import { similarity, type Vector } from './vector.js'

export interface Weights {
  readonly recency: number
  readonly importance: number
  readonly relevance: number
}

export interface Candidate {
  readonly id: string
  readonly text: string
  readonly importance: number
  readonly ageMs: number
  readonly vector: Vector
}

/** Half of it each half-life, straight lines between: exact on every machine. */
export function recencyOf(ageMs: number, halfLifeMs: number): number {
  const halves = Math.min(Math.max(0, ageMs) / halfLifeMs, 1_000)
  const whole = Math.floor(halves)
  return (1 - (halves - whole) / 2) / 2 ** whole
}

export function scoreOf(candidate: Candidate, query: Vector, weights: Weights, halfLifeMs: number): number {
  return (
    weights.recency * recencyOf(candidate.ageMs, halfLifeMs) +
    weights.importance * Math.min(1, Math.max(0, candidate.importance)) +
    weights.relevance * similarity(candidate.vector, query)
  )
}

/** The best first, whatever order they came in; of those that say the same, the best one. */
export function select<C extends Candidate>(
  candidates: readonly C[],
  query: Vector,
  {
    weights,
    halfLifeMs,
    similarity: same,
    items,
  }: {
    readonly weights: Weights
    readonly halfLifeMs: number
    readonly similarity: number
    readonly items: number
  },
): readonly C[] {
  const ranked = candidates
    .map((candidate) => ({ candidate, score: scoreOf(candidate, query, weights, halfLifeMs) }))
    .sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1))
  const chosen: C[] = []
  for (const { candidate } of ranked) {
    if (chosen.length >= items) break
    const isKnown = (other: C): boolean =>
      other.text === candidate.text || similarity(other.vector, candidate.vector) >= same
    if (!chosen.some(isKnown)) chosen.push(candidate)
  }
  return chosen
}
