import { describe, expect, it } from 'vitest'
import { quiescence } from '../../../../src/check/invariant/quiescence.js'
import {
  arrived,
  attemptEnd,
  attemptStart,
  crash,
  error,
  faultAt,
  foreign,
  happened,
  own,
  replied,
  rest,
  returned,
  runEnd,
  runStart,
  settled,
  verdict,
} from '../history-of.js'

const failed = attemptEnd('t1.c0', 'failed', 'charge', 1, { error: error('permanent', false) })
const sent = arrived({ call: 't1.c1', attempt: 1 })
const site = 'shop.charge#t1.c1/a1'

describe('quiescence', () => {
  it('holds where siblings of a failed call are drained before the run ends', () => {
    const history = [
      attemptStart('t1.c0'),
      attemptStart('t1.c1'),
      failed,
      attemptEnd('t1.c1', 'ok'),
      runEnd('failed'),
      rest(),
    ]
    expect(verdict(quiescence, own, history)).toMatchObject({ verdict: 'valid', arose: 2 })
  })

  it('breaks where an attempt is still running at the end', () => {
    const found = verdict(quiescence, own, [
      attemptStart('t1.c0'),
      attemptStart('t1.c1', 'find'),
      failed,
      runEnd('failed'),
    ])
    expect(found.violation).toMatchObject({ clause: 'a', witness: [1, 3], tool: 'find' })
    expect(found.violation?.because).toBe('the run ended (failed) while find (t1.c1, attempt 1) was still running')
  })

  it('forgets attempts that died with their process or were settled without an end', () => {
    expect(verdict(quiescence, own, [attemptStart('t1.c0'), crash, runEnd('failed')], false).verdict).toBe('valid')
    expect(
      verdict(quiescence, own, [attemptStart('t1.c0'), settled('t1.c0', 'unknown'), runEnd('failed')]).verdict,
    ).toBe('valid')
  })

  it('breaks where a request or a timer outlives the run', () => {
    expect(verdict(quiescence, own, [runEnd(), rest({ open: ['model/t1/a1'] })]).violation?.because).toContain(
      'model/t1/a1',
    )
    expect(verdict(quiescence, own, [runEnd(), rest({ timers: 1 })]).violation?.because).toContain(
      '1 of its timers was still set',
    )
    expect(verdict(quiescence, foreign, [runEnd(), rest({ timers: 1 })]).verdict).toBe('valid')
    expect(verdict(quiescence, own, [rest({ open: ['x'], timers: 1 })])).toMatchObject({ verdict: 'valid', arose: 0 })
  })

  it('breaks for an agent written elsewhere whose tool is still writing', () => {
    expect(verdict(quiescence, foreign, [sent, runEnd('failed')]).violation?.because).toBe(
      'the run ended (failed) while shop.charge for t1.c1 was still running',
    )
  })

  it('raises no alarm where the tool returned, the answer came, the world held it back or ended the run', () => {
    expect(verdict(quiescence, foreign, [sent, returned('t1.c1', 1), runEnd('failed')]).verdict).toBe('valid')
    expect(verdict(quiescence, foreign, [sent, replied('ok', site), runEnd('failed')]).verdict).toBe('valid')
    expect(
      verdict(quiescence, foreign, [sent, faultAt('fault-injected', 'tool/hang', site), runEnd('failed')]).verdict,
    ).toBe('valid')
    expect(verdict(quiescence, foreign, [sent, runEnd('timed-out')]).verdict).toBe('valid')
    expect(verdict(quiescence, foreign, [arrived(), runEnd('failed')]).verdict).toBe('valid')
  })

  it('is unknown for a history that was cut short, and never arises before the end', () => {
    expect(verdict(quiescence, own, [runStart(), happened('storm-end', {})], true)).toMatchObject({
      verdict: 'unknown',
      arose: 0,
    })
    expect(verdict(quiescence, own, [runStart()])).toMatchObject({ verdict: 'valid', arose: 0 })
  })
})
