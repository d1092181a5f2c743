/** What changed between two campaigns. */

import { describe, expect, it } from 'vitest'
import { compare, verdictOf } from '../../../src/report/compare.js'
import { changeLines, sinceSummary } from '../../../src/report/compare-words.js'
import type { CampaignRecord, FindingRecord, ScenarioRecord } from '../../../src/report/record.js'
import { shareDifference } from '../../../src/report/statistics.js'
import { failing, finding, passing } from '../../golden/records.js'

const [support, checkout] = failing.scenarios as [ScenarioRecord, ScenarioRecord]
const of = (...scenarios: ScenarioRecord[]): CampaignRecord => ({ ...failing, scenarios })
const other: FindingRecord = {
  ...finding,
  id: 'F2',
  signature: 'other',
  says: 'another promise',
  origin: 'fresh',
  seen: 1,
}
const compared = (before: CampaignRecord, after: CampaignRecord) => {
  const comparison = compare(before, after)
  if (!comparison) throw new Error('nothing in both')
  return comparison
}

describe('the difference of two shares', () => {
  // Newcombe (1998), table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.6, 0.1705, 0.809],
    [5, 56, 0, 29, 0.0893, -0.0381, 0.1926],
    [10, 10, 0, 10, 1, 0.6075, 1],
  ])('%i of %i and %i of %i', (a, m, b, n, change, lower, upper) => {
    const difference = shareDifference([b, n], [a, m])
    expect(difference.change).toBeCloseTo(change, 4)
    expect(difference.lower).toBeCloseTo(lower, 3)
    expect(difference.upper).toBeCloseTo(upper, 3)
  })
})

describe('two campaigns', () => {
  it('that are the same have nothing new, and pass though both failed', () => {
    const comparison = compared(failing, failing)
    expect(comparison.findings).toMatchObject([{ kind: 'same', seen: [11, 11] }])
    expect(comparison.scenarios.map(({ survived }) => survived?.change)).toEqual([0, 0])
    expect(verdictOf(comparison)).toBe('pass')
  })

  it('a finding more is new and fails; one that is declared does not', () => {
    const more = (known: boolean) => of({ ...support, findings: [finding, { ...other, known }] }, checkout)
    expect(compared(failing, more(false)).findings).toMatchObject([
      { kind: 'same' },
      { kind: 'new', says: 'another promise' },
    ])
    expect(verdictOf(compared(failing, more(false)))).toBe('fail')
    expect(verdictOf(compared(failing, more(true)))).toBe('pass')
  })

  it('what was rare is gone only after as many storms as it needs', () => {
    const before = of({ ...support, findings: [finding, other] })
    const now = (storms: number) => of({ ...support, findings: [], survived: storms, storms })
    expect(compared(before, now(300)).findings).toMatchObject([
      { kind: 'gone', says: finding.says },
      { kind: 'gone', fix: { needs: 898, clean: 300 } },
    ])
    const told = (storms: number) => changeLines(compared(before, now(storms)))[1]?.text
    expect(told(897)).toContain('now in none: too few to believe it')
    expect(told(898)).toContain('now in none of 898: fixed with 95 % confidence')
  })

  it('a rate that fell by more than chance fails, by less does not', () => {
    const now = (survived: number) => compared(of(checkout), of({ ...checkout, survived }))
    expect(now(270).scenarios[0]?.survived?.upper).toBeLessThan(0)
    expect(verdictOf(now(270))).toBe('fail')
    expect(verdictOf(now(299))).toBe('pass')
  })

  it('nothing is gone from a scenario that could not be run, and that leaves it open', () => {
    const broken = of({ ...support, result: 'scenario-error', findings: [], storms: 0, survived: 0 })
    const comparison = compared(failing, broken)
    expect(comparison.findings).toEqual([])
    expect(comparison.scenarios).toMatchObject([
      { name: 'support-refund', open: 'the scenario itself was in error now' },
      { name: 'checkout', open: 'it is not there any more' },
    ])
    expect(verdictOf(comparison)).toBe('inconclusive')
  })

  it('a scenario that was added leaves nothing open; rates of other faults are not compared', () => {
    expect(verdictOf(compared(of(checkout), of(checkout, { ...support, findings: [] })))).toBe('pass')
    const weather = compared(of(checkout), { ...of(checkout), preset: 'hostile' })
    expect(weather.scenarios).toMatchObject([{ open: expect.stringContaining('another preset') }])
  })

  it('without a scenario in both cannot be compared', () => {
    expect(compare(of(support), passing)).toBeUndefined()
  })

  it('are told with marks that need no colour, the rates with their intervals', () => {
    const before = of({ ...support, findings: [finding, other] }, checkout)
    const after = of(
      { ...support, findings: [{ ...other, signature: 'third', says: 'a third' }], survived: 200 },
      checkout,
    )
    const comparison = compared(before, after)
    expect(sinceSummary(comparison)).toBe('1 new, 2 gone, 0 the same; support-refund keeps its promises less often')
    expect(changeLines(comparison).map(({ mark, text }) => `${mark} ${text}`)).toEqual([
      '+ support-refund: a third',
      '− support-refund: an order is refunded once; seen in 11 storms before, now in none of 300: fixed with 95 % confidence, for which 81 clean are enough',
      '− support-refund: another promise; seen in 1 storm before, now in none: too few to believe it, a fix would show in 898 clean storms',
      '↓ support-refund kept every promise in 289 of 300, now in 200 of 300: −29.7 % (95 %: −35.4 % to −23.9 %), it got worse',
      '= checkout kept every promise in 300 of 300, now in 300 of 300: +0.0 % (95 %: −1.3 % to +1.3 %), no more than chance explains',
    ])
  })
})
