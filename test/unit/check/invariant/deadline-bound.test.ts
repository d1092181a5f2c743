import { describe, expect, it } from 'vitest'
import { deadlineBound } from '../../../../src/check/invariant/deadline-bound.js'
import type { Facts } from '../../../../src/core/history.js'
import { arrived, attemptEnd, attemptStart, charge, crash, error, faultAt, own, verdict } from '../history-of.js'

const facts: Facts = { ...own, tools: [{ ...charge, timeoutMs: 30_000 }] }
const late = { error: error('timeout', true) }
const ended = (vt: number) => attemptEnd('t1.c0', 'unknown', 'charge', 1, { ...late, vt })
const start = attemptStart('t1.c0', 'charge', 1, { vt: 1_000_000 })

describe('deadline-bound', () => {
  it('holds where an attempt that nobody answers ends in time, the writing of it included', () => {
    expect(verdict(deadlineBound, facts, [start, ended(1_031_000)])).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks where it goes on, or begins although it has no time', () => {
    expect(verdict(deadlineBound, facts, [start, ended(1_300_000)]).violation).toMatchObject({
      clause: 'a',
      witness: [0, 1],
    })
    const none: Facts = { ...own, tools: [{ ...charge, timeoutMs: 0 }] }
    const sent = [start, arrived({ call: 't1.c0', attempt: 1 })]
    expect(verdict(deadlineBound, none, sent).violation?.clause).toBe('b')
    expect(verdict(deadlineBound, facts, sent).verdict).toBe('valid')
  })

  it('leaves alone what trouble of the store or the process delays, what died, and what ends by itself', () => {
    const stalled = { ...faultAt('fault-landed', 'process/pause', 'x'), vt: 999_000 } as typeof start
    expect(verdict(deadlineBound, facts, [stalled, start, ended(1_300_000)])).toMatchObject({
      verdict: 'valid',
      arose: 0,
    })
    expect(verdict(deadlineBound, facts, [start, crash, ended(1_300_000)]).verdict).toBe('valid')
    expect(verdict(deadlineBound, own, [start, ended(1_300_000)])).toMatchObject({ verdict: 'valid', concerned: false })
  })
})
