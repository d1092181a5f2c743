import { describe, expect, it } from 'vitest'
import { timeDiscipline } from '../../../../src/check/invariant/time-discipline.js'
import type { CameOut } from '../../../../src/core/world-event.js'
import { type Draft, faultAt, foreign, happened, own, verdict } from '../history-of.js'

const paid: CameOut = { status: 'completed', reason: 'stop', effects: { 'shop.charge': 1 } }
const late: CameOut = { status: 'timed-out', reason: 'deadline', effects: {} }
const jumped = faultAt('fault-landed', 'clock/jump', 'model/t1/a1')
const compared = (wrong: CameOut, right: CameOut): Draft => happened('clock-compared', { wrong, right })

describe('time-discipline', () => {
  it('holds where the same comes of it with the clock right', () => {
    expect(verdict(timeDiscipline, foreign, [jumped, compared(paid, { ...paid })])).toMatchObject({
      verdict: 'valid',
      arose: 1,
      concerned: true,
    })
  })

  it('breaks where the run ends otherwise, and says how', () => {
    expect(verdict(timeDiscipline, own, [jumped, compared(late, paid)]).violation).toMatchObject({
      clause: 'a',
      witness: [0, 1],
      because:
        'with its wall clock wrong the run ended timed-out (deadline) after no effect; with that clock right, and nothing else changed, it ended completed (stop) after shop.charge',
    })
  })

  it('breaks where something is done more often', () => {
    const twice: CameOut = { ...paid, effects: { 'shop.charge': 2 } }
    expect(verdict(timeDiscipline, foreign, [jumped, compared(twice, paid)]).verdict).toBe('invalid')
  })

  it('concerns nobody who was not compared', () => {
    expect(verdict(timeDiscipline, foreign, [jumped])).toMatchObject({ arose: 0, concerned: false })
  })
})
