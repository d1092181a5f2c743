/** What a count of trials proves: intervals to show, exact one-sided bounds to decide by. Pure arithmetic on k of n. */

/** Both ends as shares in `[0, 1]`. */
interface Interval {
  readonly lower: number
  readonly upper: number
}

/** The two-sided 95 % point of the normal distribution. */
const z95 = 1.959963984540054

/** Wilson's score interval, two-sided 95 %: for display. `0…1` when nothing was tried. */
export function wilson(successes: number, trials: number): Interval {
  if (trials <= 0) return { lower: 0, upper: 1 }
  const share = successes / trials
  const square = (z95 * z95) / trials
  const centre = (share + square / 2) / (1 + square)
  const half = (z95 * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials))) / (1 + square)
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === trials ? 1 : Math.min(1, centre + half),
  }
}

interface Difference extends Interval {
  readonly change: number
}

/** How much a share moved from one count to another, with the 95 % interval of Newcombe (1998, method 10): two of Wilson's, joined. */
export function shareDifference(
  [before, trialsBefore]: readonly [number, number],
  [after, trialsAfter]: readonly [number, number],
): Difference {
  const [was, is] = [wilson(before, trialsBefore), wilson(after, trialsAfter)]
  const [shareWas, shareIs] = [before / trialsBefore, after / trialsAfter]
  const change = shareIs - shareWas
  return {
    change,
    lower: change - Math.hypot(shareIs - is.lower, was.upper - shareWas),
    upper: change + Math.hypot(is.upper - shareIs, shareWas - was.lower),
  }
}

/** Clopper–Pearson, one-sided: the share is at least this with the given confidence. For decisions. */
export function exactLower(successes: number, trials: number, confidence = 0.95): number {
  if (successes <= 0 || trials <= 0) return 0
  return betaQuantile(1 - confidence, successes, trials - successes + 1)
}

/** Clopper–Pearson, one-sided: the share is at most this with the given confidence. */
export function exactUpper(successes: number, trials: number, confidence = 0.95): number {
  if (trials <= 0 || successes >= trials) return 1
  return betaQuantile(confidence, successes + 1, trials - successes)
}

/** With no failure in n trials the failure rate is below about 3/n (95 %): the bound for one's head. */
export const ruleOfThree = (trials: number): number => (trials <= 0 ? 1 : Math.min(1, 3 / trials))

/** Clean trials needed before the exact one-sided bound shows a share of at least `target`. */
export function trialsNeeded(target: number, alpha = 0.05): number {
  if (target >= 1) return Number.POSITIVE_INFINITY
  if (target <= 0) return 0
  return Math.ceil(Math.log(alpha) / Math.log(target))
}

/** The x at which the regularised incomplete beta function reaches `probability`; by bisection, to the last bits of a double. */
function betaQuantile(probability: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (incompleteBeta(middle, a, b) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The regularised incomplete beta function I_x(a, b), by its continued fraction on the side where that converges. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** The continued fraction of the incomplete beta function, evaluated by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const nonZero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    const step = d * c
    result *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return result
}

/** Lanczos' coefficients for g = 7. */
const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

function logGamma(value: number): number {
  const x = value - 1
  const t = x + 7.5
  let sum = lanczos[0] as number
  for (let i = 1; i < lanczos.length; i++) sum += (lanczos[i] as number) / (x + i)
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum)
}
