/** How many faults an agent survives: the estimator of Kaplan and Meier over the number of faults that landed in a trial. */

/** Trials in which so many faults landed, and those of them that broke a promise. */
export interface Strain {
  readonly landed: number
  readonly trials: number
  readonly broken: number
}

export interface SurvivalStep {
  /** After this many faults … */
  readonly landed: number
  /** … this share still keeps every promise, with a 95 % band after Greenwood. */
  readonly share: number
  readonly lower: number
  readonly upper: number
}

/** A trial that ended well is censored at its number of faults: nobody knows what one more would have done. */
export function survival(strains: readonly Strain[]): readonly SurvivalStep[] {
  const sorted = [...strains].sort((one, other) => one.landed - other.landed)
  let atRisk = sorted.reduce((sum, { trials }) => sum + trials, 0)
  let share = 1
  let variance = 0
  return sorted.map(({ landed, trials, broken }) => {
    share *= 1 - broken / atRisk
    if (broken > 0 && broken < atRisk) variance += broken / (atRisk * (atRisk - broken))
    atRisk -= trials
    const half = 1.959963984540054 * share * Math.sqrt(variance)
    return { landed, share, lower: Math.max(0, share - half), upper: Math.min(1, share + half) }
  })
}

export interface FaultsToFailure {
  /** Undefined where nothing failed: then only `lower` is known. */
  readonly mean: number | undefined
  readonly lower: number
  readonly upper: number | undefined
}

/** Faults that landed for each failure, with exact 95 % limits of Poisson; after no failure at least a third of them (rule of three). */
export function faultsToFailure(landed: number, failures: number): FaultsToFailure {
  if (failures === 0) return { mean: undefined, lower: landed / 3, upper: undefined }
  const [fewest, most] = poissonLimits(failures)
  return { mean: landed / failures, lower: landed / most, upper: landed / fewest }
}

/** Exact two-sided 95 % limits for the mean of a Poisson count. */
export const poissonLimits = (count: number): readonly [lower: number, upper: number] => [
  count === 0 ? 0 : meanAt(count, 0.975, (mean) => 1 - cumulative(count - 1, mean)),
  meanAt(count, 0.025, (mean) => cumulative(count, mean)),
]

/** The mean at which `tail` is 0.025: `level` says which way it moves. */
function meanAt(count: number, level: number, tail: (mean: number) => number): number {
  let low = 0
  let high = count + 10 * Math.sqrt(count + 1) + 10
  const rises = level > 0.5
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (tail(middle) < 0.025 === rises) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(N ≤ count) of a Poisson variable. */
function cumulative(count: number, mean: number): number {
  let logTerm = -mean
  let sum = Math.exp(logTerm)
  for (let i = 1; i <= count; i++) {
    logTerm += Math.log(mean / i)
    sum += Math.exp(logTerm)
  }
  return Math.min(1, sum)
}

/** Fresh trials without a failure that make a fix believable, for something that broke `rate` of them: ln α / ln(1 − p̂). */
export const trialsForFix = (rate: number, alpha = 0.05): number =>
  rate <= 0 ? Number.POSITIVE_INFINITY : rate >= 1 ? 1 : Math.ceil(Math.log(alpha) / Math.log(1 - rate))
