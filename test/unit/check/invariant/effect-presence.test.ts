import { describe, expect, it } from 'vitest'
import { effectPresence } from '../../../../src/check/invariant/effect-presence.js'
import {
  answered,
  applied,
  asked,
  foreign,
  own,
  prompted,
  proposal,
  results,
  returned,
  settled,
  user,
  verdict,
} from '../history-of.js'

describe('effect-presence', () => {
  it('holds where a write is settled when its tool has returned', () => {
    expect(verdict(effectPresence, own, [returned('t1.c0', 1), settled('t1.c0', 'ok')])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })

  it('breaks where it is settled before; a read, a failure and a labelled result may', () => {
    expect(verdict(effectPresence, own, [settled('t1.c0', 'ok')]).violation).toMatchObject({
      clause: 'a',
      tool: 'charge',
    })
    const others = [
      settled('t1.c0', 'ok', 'find'),
      settled('t1.c1', 'failed'),
      settled('t1.c2', 'ok', 'charge', { note: 'same' }),
    ]
    expect(verdict(effectPresence, own, others)).toMatchObject({ verdict: 'valid', concerned: false })
  })

  it('elsewhere: breaks where a second write is answered with what the first one got', () => {
    const [one, two] = [proposal('charge', { cents: 1 }, 'a'), proposal('charge', { cents: 1 }, 'b')]
    const receipt = '{"receipt":"r-1"}'
    const first = [user, asked(one), results([one, receipt])]
    const both = (text: string) => [
      answered(1, [one]),
      applied(0, { call: 't1.c0', attempt: 1 }),
      returned('t1.c0', { receipt: 'r-1' }),
      prompted(2, first),
      answered(2, [two]),
      prompted(3, [...first, asked(two), results([two, text])]),
    ]
    expect(verdict(effectPresence, foreign, both(receipt)).violation).toMatchObject({ clause: 'b', tool: 'charge' })
    expect(verdict(effectPresence, foreign, both('not made twice')).verdict).toBe('valid')
  })
})
