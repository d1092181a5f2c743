/**
 * R(k, ε, λ) of ReliabilityBench (arXiv:2601.06112): the mean over tasks of pass^k, with so much of the task reworded and so many tool
 * calls faulted. ε is a tenth for each rewording of the prompt, λ the intensity of a preset `rb-…`.
 */

import { passPower } from './pass-k.js'

/** One task at one point of the surface. */
export interface SurfaceCell {
  readonly epsilon: number
  readonly lambda: number
  /** Those of which it is known whether they reached the goal. */
  readonly trials: number
  readonly goals: number
}

/** The mean over the tasks that have so many trials there; undefined where none has. */
export function reliability(
  tasks: readonly (readonly SurfaceCell[])[],
  at: { readonly k: number; readonly epsilon: number; readonly lambda: number },
): number | undefined {
  const values = tasks.flatMap((cells) => {
    const cell = cells.find(({ epsilon, lambda }) => epsilon === at.epsilon && lambda === at.lambda)
    return (cell && passPower(cell.goals, cell.trials, at.k)) ?? []
  })
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The points that were tried, by λ and then by ε. */
export function pointsOf(
  tasks: readonly (readonly SurfaceCell[])[],
): readonly Pick<SurfaceCell, 'epsilon' | 'lambda'>[] {
  const points = new Map(tasks.flat().map(({ epsilon, lambda }) => [`${epsilon}/${lambda}`, { epsilon, lambda }]))
  return [...points.values()].sort((one, other) => one.lambda - other.lambda || one.epsilon - other.epsilon)
}
