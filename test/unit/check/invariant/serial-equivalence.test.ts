import { describe, expect, it } from 'vitest'
import { serialEquivalence } from '../../../../src/check/invariant/serial-equivalence.js'
import type { Intent } from '../../../../src/core/event.js'
import type { Touched } from '../../../../src/core/world-event.js'
import {
  applied,
  attemptEnd,
  attemptStart,
  type Draft,
  foreign,
  happened,
  own,
  replied,
  runStart,
  verdict,
} from '../history-of.js'

const siteOf = (call: string, attempt = 1): string => `shop.charge#${call}/a${attempt}`

/** The call is told of the resource in this version. */
const reads = (call: string, version: number, resource = 'till', fill: Partial<Touched> = {}): Draft =>
  happened('resource-read', {
    backend: 'shop',
    operation: 'count',
    site: siteOf(call),
    call,
    attempt: 1,
    resource,
    version,
    ...fill,
  })
/** It makes this version, and nobody has told it so yet. */
const takesEffect = (call: string, version: number, resource = 'till', attempt = 1): Draft =>
  applied(version, { call, attempt, site: siteOf(call, attempt), wrote: [{ resource, version }] })
const writes = (call: string, version: number, resource = 'till'): readonly Draft[] => [
  takesEffect(call, version, resource),
  replied('ok', siteOf(call)),
]
const adds = (call: string, version: number, resource = 'till'): readonly Draft[] => [
  applied(version, { call, attempt: 1, site: siteOf(call), wrote: [{ resource, version }], adds: true }),
  replied('ok', siteOf(call)),
]
const ends = (...calls: readonly string[]): readonly Draft[] => calls.map((call) => attemptEnd(call, 'ok', 'sell'))

const judged = (...story: readonly (Draft | readonly Draft[])[]) => verdict(serialEquivalence, own, story)
const clauseOf = (...story: readonly (Draft | readonly Draft[])[]) => judged(...story).violation?.clause

const [one, other] = ['t1.c0', 't1.c1']

describe('serial-equivalence', () => {
  it('holds where calls came one after the other, and says nothing where none met another', () => {
    const first = [reads(one, 0), writes(one, 1), ends(one)].flat()
    expect(judged(...first, reads(other, 1), writes(other, 2), ends(other))).toMatchObject({
      verdict: 'valid',
      arose: 1,
      concerned: true,
    })
    expect(judged(...first)).toMatchObject({ verdict: 'valid', arose: 0, concerned: false })
  })

  it('breaks clause a where two calls of a batch read the same, and both write', () => {
    const { violation } = judged(reads(one, 0), reads(other, 0), writes(one, 1), writes(other, 2), ends(one, other))
    expect(violation).toMatchObject({ clause: 'a', tool: 'sell', witness: [1, 2, 4] })
    expect(violation?.because).toBe(
      'sell (t1.c0) and sell (t1.c1) ran into each other, and no order of the two explains it: ' +
        't1.c0 wrote version 1 of shop "till" before t1.c1 wrote version 2; ' +
        't1.c1 read version 0 of shop "till" before t1.c0 wrote version 1',
    )
  })

  it('breaks clause a where each of two calls read what the other changed afterwards', () => {
    expect(
      clauseOf(reads(one, 0, 'A'), reads(other, 0, 'B'), writes(one, 1, 'B'), writes(other, 1, 'A'), ends(one, other)),
    ).toBe('a')
  })

  it('breaks clause b where a later turn, or what depends on a call, came before it', () => {
    const late = 't2.c0'
    expect(clauseOf(reads(late, 0), writes(one, 1), ends(one, late))).toBe('b')
    const intent = (call: string, fill: Partial<Intent>): Intent => {
      return { call, id: call, tool: 'sell', effect: 'write', proposed: '{}', key: call, ...fill }
    }
    const batch = (fill: Partial<Intent>, both: Partial<Intent> = {}) =>
      happened('batch-open', { turn: 1, calls: [intent(one, both), intent(other, { ...both, ...fill })] })
    const swapped = [writes(other, 1), reads(one, 1), ends(one, other)].flat()
    expect(clauseOf(...swapped)).toBeUndefined()
    expect(clauseOf(batch({ dependsOn: [one] }), ...swapped)).toBe('b')
    expect(clauseOf(batch({}, { resources: ['till'] }), ...swapped)).toBe('b')
  })

  it('breaks clause c where a call goes by what was taken back when its saga was over', () => {
    const taken = [writes(one, 1), ends(one), writes(`${one}.undo`, 2)].flat()
    expect(clauseOf(...taken)).toBeUndefined()
    expect(clauseOf(...taken, writes('t2.c0', 3), ends('t2.c0'))).toBe('c')
    // It had been read before, and was written to after.
    expect(
      clauseOf(...taken.slice(0, 3), reads('t2.c0', 1), ...taken.slice(3), writes('t2.c0', 3), ends('t2.c0')),
    ).toBe('c')
  })

  describe('of subagents', () => {
    const look = (agent: string) => [reads(`${agent}/t1.c0`, 0), attemptEnd(`${agent}/t1.c0`, 'ok', `${agent}/count`)]
    const put = (agent: string, version: number) =>
      [writes(`${agent}/t2.c0`, version), attemptEnd(`${agent}/t2.c0`, 'ok', `${agent}/put`)].flat()

    it('breaks clause d where both read, and then both write', () => {
      const { violation } = judged(look(one), look(other), put(one, 1), put(other, 2))
      expect(violation).toMatchObject({ clause: 'd', tool: 'put' })
      expect(violation?.because).toContain(
        't1.c1/t2.c0 rests on version 0 of shop "till", read before t1.c0/t2.c0 wrote version 1',
      )
    })

    it('holds where one came after the other, where they were begun in two turns, and where nothing is lost', () => {
      expect(judged(look(one), put(one, 1), put(other, 2))).toMatchObject({ verdict: 'valid', arose: 1 })
      const later = 't2.c0'
      expect(clauseOf(look(one), put(one, 1), reads(`${later}/t1.c0`, 1), put(later, 2))).toBeUndefined()
      const more = (agent: string, version: number) => [adds(`${agent}/t2.c0`, version), ends(`${agent}/t2.c0`)].flat()
      expect(clauseOf(look(one), look(other), more(one, 1), more(other, 2))).toBeUndefined()
    })

    it('holds where the second looked again', () => {
      const again = [reads(`${other}/t3.c0`, 1), ...ends(`${other}/t3.c0`)]
      const last = [writes(`${other}/t4.c0`, 2), ends(`${other}/t4.c0`)].flat()
      expect(judged(look(one), look(other), put(one, 1), again, last)).toMatchObject({ verdict: 'valid', arose: 1 })
    })
  })

  it('breaks clause e where an approval had expired before its call started and took effect', () => {
    const asked = happened('approval-requested', {
      approval: 's/t1.c0',
      call: one,
      tool: 'sell',
      argsDigest: 'd',
      policy: 'p',
      approvers: ['lead'],
      at: 0,
      expiresAt: 50,
    })
    const act = [applied(0, { call: one, attempt: 1, site: siteOf(one) }), replied('ok', siteOf(one)), ...ends(one)]
    expect(clauseOf(runStart(), asked, attemptStart(one, 'sell'), ...act)).toBeUndefined()
    const start = { ...attemptStart(one, 'sell'), vt: 60 }
    expect(judged(runStart(), asked, start, ...act).violation).toMatchObject({ clause: 'e', witness: [1, 2, 3] })
    expect(clauseOf(runStart(), asked, start, ...ends(one))).toBeUndefined()
  })

  describe('blames nobody', () => {
    const clean = [reads(one, 0), reads(other, 0), ...writes(one, 1)]

    it('for what an old copy told', () => {
      const stale = reads('t2.c0', 0, 'till', { isStale: true })
      expect(clauseOf(writes(one, 1), ends(one), stale, ends('t2.c0'))).toBeUndefined()
    })

    it('for what takes effect when its caller has stopped waiting, or is done a second time', () => {
      expect(clauseOf(...clean, takesEffect(other, 2), ...ends(one, other))).toBeUndefined()
      expect(clauseOf(...clean, takesEffect(other, 2), replied('late', siteOf(other)), ...ends(one, other))).toBe(
        undefined,
      )
      const twice = [writes(one, 1), reads(other, 1), writes(other, 2), takesEffect(one, 3), ends(one, other)]
      expect(clauseOf(...twice)).toBeUndefined()
    })

    it('for an attempt that was given up', () => {
      expect(clauseOf(...clean, ...writes(other, 2), ...ends(one), attemptEnd(other, 'unknown', 'sell'))).toBe(
        undefined,
      )
    })

    it('for looking until something has changed', () => {
      expect(clauseOf(reads(one, 0), writes(other, 1), ends(other), reads(one, 1), ends(one))).toBeUndefined()
    })

    it('for additions that pass one another', () => {
      const transfers = [adds(one, 1, 'A'), adds(other, 2, 'A'), adds(other, 1, 'B'), adds(one, 2, 'B')]
      expect(judged(...transfers, ends(one, other))).toMatchObject({ verdict: 'valid', arose: 1 })
    })

    it('for a second run that begins where the first had ended', () => {
      expect(clauseOf(runStart(), writes('t2.c0', 1), ends('t2.c0'), runStart(), reads(one, 1), ends(one))).toBe(
        undefined,
      )
    })
  })

  it('does not concern an agent of whose calls nobody knows what they sent', () => {
    expect(verdict(serialEquivalence, foreign, [reads(one, 0)]).concerned).toBe(false)
  })
})
