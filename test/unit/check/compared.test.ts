/** Two trials that should come to the same: which promise speaks for which relation, and what it says of the first thing that is not so. */

import { describe, expect, it } from 'vitest'
import { judgeCompared } from '../../../src/check/compared.js'
import { judge } from '../../../src/check/judge.js'
import { impartial } from '../../../src/check/judgement.js'
import { invariants } from '../../../src/check/registry.js'
import type { Told, TrialsCompared } from '../../../src/core/compared.js'
import { describeDecisions } from '../../../src/report/describe.js'
import { relations } from '../../../src/scenario/relation/registry.js'
import { historyOf, own } from './history-of.js'

const compared = (relation: string, plain: readonly Told[], changed: readonly Told[]): TrialsCompared => ({
  ...{ relation, says: 'something changes', at: { label: 'shop.pay#t1.c0/a1', alternative: 'process/redeliver' } },
  ...{ plain, changed },
})
const once: readonly Told[] = [['the effects', 'shop.pay 1']]
const twice: readonly Told[] = [['the effects', 'shop.pay 1; shop.pay 1']]

const brokenBy = (event: TrialsCompared) =>
  judge(historyOf(own, [{ type: 'trials-compared', ...event }]), invariants).filter(
    ({ verdict }) => verdict === 'invalid',
  )

describe.each(relations)('$name', ({ name }) => {
  it('has one promise that speaks for it, in a clause that is told', () => {
    const broken = brokenBy(compared(name, once, twice))
    expect(broken).toHaveLength(1)
    const { invariant, violation } = broken[0] as (typeof broken)[number]
    expect(invariants.find((check) => check.name === invariant)?.clauses).toHaveProperty(violation?.clause ?? '')
    expect(violation?.because).toContain('when something changes (shop.pay#t1.c0/a1: process/redeliver)')
  })

  it('accuses nobody where both come to the same', () => {
    expect(brokenBy(compared(name, once, once))).toEqual([])
  })

  it('has words for who reads a finding', () => {
    const words = describeDecisions([
      ['run/relation', name],
      ['run/relation@place', '399'],
    ])
    expect(words).toEqual([expect.stringMatching(/^compared with itself /)])
  })
})

describe('the first thing that differs', () => {
  const because = (plain: readonly Told[], changed: readonly Told[]) =>
    JSON.stringify(judgeCompared(compared('x', plain, changed) as never, { x: 'a' }, impartial))

  it('is told from a little before where it parts, and cut', () => {
    const text = because([['the answer', `${'a'.repeat(500)}b`]], [['the answer', `${'a'.repeat(500)}c`]])
    expect(text).toContain(`the answer: …${'a'.repeat(40)}c; without it: …${'a'.repeat(40)}b`)
  })

  it('may be something that only one of them shows', () => {
    expect(because([], [['message 1', 'hello']])).toContain('message 1: hello; without it: nothing')
    expect(because([['message 1', 'hello']], [])).toContain('message 1: nothing; without it: hello')
  })
})
