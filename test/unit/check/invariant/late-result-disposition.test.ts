import { describe, expect, it } from 'vitest'
import { lateResultDisposition } from '../../../../src/check/invariant/late-result-disposition.js'
import {
  answered,
  asked,
  type Draft,
  foreign,
  happened,
  own,
  prompted,
  proposal,
  results,
  returned,
  settled,
  user,
  verdict,
} from '../history-of.js'

const call = proposal('charge', {}, 'a')
const other = proposal('find', {}, 'b')
const late = { chargeId: 'c-777' }
const noted = happened('late-result', { call: 't1.c0', tool: 'charge', attempt: 1, outcome: 'ok', value: late })
const before: readonly Draft[] = [settled('t1.c0', 'unknown'), returned('t1.c0', late), noted]
const conversation = [user, asked(call), results([call, 'timeout', 'unknown'])]

describe('late-result-disposition', () => {
  it('holds where the late result is noted once and not shown', () => {
    expect(verdict(lateResultDisposition, own, [before, prompted(2, conversation)])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })

  it('breaks clause a where it is noted twice', () => {
    expect(verdict(lateResultDisposition, own, [before, noted]).violation).toMatchObject({
      clause: 'a',
      witness: [2, 3],
    })
  })

  it('breaks clause b where it enters a later prompt', () => {
    const told = prompted(2, [...conversation, { role: 'user', text: `charge returned ${JSON.stringify(late)}` }])
    expect(verdict(lateResultDisposition, own, [before, told]).violation).toMatchObject({
      clause: 'b',
      tool: 'charge',
      witness: [1, 3],
    })
  })

  it('does not mind a value that another try returned in time', () => {
    const again = [
      before,
      returned('t2.c0', late),
      prompted(3, [...conversation, asked(other), results([other, JSON.stringify(late)])]),
    ]
    expect(verdict(lateResultDisposition, own, again).verdict).toBe('valid')
  })

  it('breaks for an agent written elsewhere that gives it to another call', () => {
    const history = [answered(1, [call]), prompted(2, conversation), answered(2, [other]), returned('t1.c0', late)]
    const wrong = prompted(3, [...conversation, asked(other), results([other, JSON.stringify(late)])])
    expect(verdict(lateResultDisposition, foreign, [...history, wrong]).violation?.clause).toBe('b')
    expect(verdict(lateResultDisposition, foreign, [...history, prompted(3, conversation)])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })

  it('never arises when everything comes in time', () => {
    expect(verdict(lateResultDisposition, own, [returned('t1.c0', late), settled('t1.c0', 'ok')])).toMatchObject({
      arose: 0,
      concerned: false,
    })
  })
})
