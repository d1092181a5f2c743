/** The trials of R(k, ε, λ): each intensity of faults with each share of the task reworded. They count in no other rate. */

import type { TrialRecord } from '../report/record.js'
import type { SurfaceCell } from '../report/surface.js'
import type { Job } from './hands.js'

/** Enough for pass^8. */
const trialsACell = 16

/** Presets by their intensity. */
const intensities = { none: 0, 'rb-0.1': 0.1, 'rb-0.2': 0.2, 'rb-0.3': 0.3 } as const

/** At most so many rewordings of one prompt: ε = 0.2. */
const mostWords = 2

/** `words`: the rewordings that change this prompt; without any, only ε = 0 is tried. */
export function gridJobs(seed: string, words: readonly string[]): readonly Job[] {
  const depths = Array.from({ length: Math.min(mostWords, words.length) + 1 }, (_, depth) => depth)
  return Object.keys(intensities).flatMap((preset) =>
    depths.flatMap((depth) =>
      Array.from(
        { length: trialsACell },
        (_, index): Job => ({
          origin: 'grid',
          index: index + 1,
          source: { kind: 'random', seed, preset },
          words: chosenWords(words, depth, index),
        }),
      ),
    ),
  )
}

/** By turns, so that each has its share. */
const chosenWords = (words: readonly string[], depth: number, turn: number): readonly string[] =>
  words.length === 0
    ? []
    : Array.from({ length: depth }, (_, at) => words[(turn * depth + at) % words.length] as string)

/** Where a trial of the grid belongs. */
export const pointOf = ({ source, words = [] }: TrialRecord): Pick<SurfaceCell, 'epsilon' | 'lambda'> => ({
  epsilon: words.length / 10,
  lambda: intensities[source.slice(source.indexOf('/') + 1) as keyof typeof intensities],
})
