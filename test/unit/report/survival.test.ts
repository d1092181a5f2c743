/** Against values that others published or that can be worked out by hand. */

import { describe, expect, it, test } from 'vitest'
import { passPower } from '../../../src/report/pass-k.js'
import { faultsToFailure, poissonLimits, survival, trialsForFix } from '../../../src/report/survival.js'

describe('pass^k', () => {
  test.each([
    [1, 0.9],
    [2, 0.8],
    [4, 0.6],
    [8, 0.2],
  ])('9 of 10, k = %i: %d', (k, value) => {
    expect(passPower(9, 10, k)).toBeCloseTo(value, 12)
  })
  it('is not defined for more runs than there were, and 0 for more than succeeded', () => {
    expect(passPower(9, 10, 11)).toBeUndefined()
    expect(passPower(3, 10, 4)).toBe(0)
    expect(passPower(10, 10, 10)).toBe(1)
  })
})

describe('limits of Poisson', () => {
  // Garwood (1936), as in every table of exact limits.
  test.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [9, 4.115, 17.085],
    [10, 4.795, 18.39],
    [100, 81.364, 121.627],
  ])('%i: %d to %d', (count, lower, upper) => {
    const [low, high] = poissonLimits(count)
    expect(low).toBeCloseTo(lower, 3)
    expect(high).toBeCloseTo(upper, 2)
  })
  it('7,308 faults and 9 failures: 812 faults to failure, 428 to 1,776', () => {
    const { mean, lower, upper } = faultsToFailure(7_308, 9)
    expect(mean).toBe(812)
    expect(Math.round(lower)).toBe(428)
    expect(Math.round(upper as number)).toBe(1_776)
  })
  it('no failure in 300 faults: at least 100', () => {
    expect(faultsToFailure(300, 0)).toEqual({ mean: undefined, lower: 100, upper: undefined })
  })
})

describe('survival', () => {
  // Remission in weeks under 6-MP (Freireich et al. 1963): Kaplan-Meier of the textbook.
  const remission = [
    ...[
      [6, 4, 3],
      [7, 1, 1],
      [9, 1, 0],
      [10, 2, 1],
      [11, 1, 0],
      [13, 1, 1],
      [16, 1, 1],
      [17, 1, 0],
      [19, 1, 0],
      [20, 1, 0],
    ],
    ...[
      [22, 1, 1],
      [23, 1, 1],
      [25, 1, 0],
      [32, 2, 0],
      [34, 1, 0],
      [35, 1, 0],
    ],
  ].map(
    ([landed, trials, broken]) => ({ landed, trials, broken }) as { landed: number; trials: number; broken: number },
  )

  test.each([
    [6, 0.857, 0.0764],
    [7, 0.807, 0.0869],
    [10, 0.753, 0.0963],
    [13, 0.69, 0.1068],
    [16, 0.627, 0.1141],
    [22, 0.538, 0.1282],
    [23, 0.448, 0.1346],
  ])('after %i: %d with a standard error of %d', (at, share, error) => {
    const step = survival(remission).find(({ landed }) => landed === at)
    expect(step?.share).toBeCloseTo(share, 3)
    expect(((step?.share as number) - (step?.lower as number)) / 1.96).toBeCloseTo(error, 3)
  })
  it('is 1 where nothing broke, and 0 where all did', () => {
    expect(survival([{ landed: 2, trials: 5, broken: 0 }])).toEqual([{ landed: 2, share: 1, lower: 1, upper: 1 }])
    expect(survival([{ landed: 2, trials: 5, broken: 5 }])[0]?.share).toBe(0)
  })
  it('does not depend on the order', () => {
    expect(survival([...remission].reverse())).toEqual(survival(remission))
  })
})

test('a fix of what broke 8 of 2,400 is believable after 898 clean trials', () => {
  expect(trialsForFix(8 / 2_400)).toBe(898)
})
