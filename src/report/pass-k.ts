/** pass^k: the chance that k independent runs of one task all succeed (τ-bench, arXiv:2406.12045). Here over fault seeds: the model is scripted. */

/** C(c, k) / C(n, k): unbiased for c successes in n trials; undefined where there are fewer than k. */
export function passPower(successes: number, trials: number, k: number): number | undefined {
  if (k > trials) return undefined
  let value = 1
  for (let i = 0; i < k; i++) value *= Math.max(0, successes - i) / (trials - i)
  return value
}
