import { describe, expect, it } from 'vitest'
import { cancelPropagation } from '../../../../src/check/invariant/cancel-propagation.js'
import {
  answered,
  attemptEnd,
  attemptStart,
  crash,
  type Draft,
  faultAt,
  foreign,
  happened,
  modelEnd,
  modelStart,
  own,
  runEnd,
  verdict,
} from '../history-of.js'

const spoke = faultAt('fault-injected', 'user/cancel', 'run/cancel')
const heard = happened('cancel-requested', { at: 0 })
/** The store has said that it was put down. */
const told = happened('append-acknowledged', { session: 's', version: 1 })
const late = (draft: Draft): Draft => ({ ...draft, vt: 9_000 })
const of = (...drafts: (Draft | readonly Draft[])[]) => verdict(cancelPropagation, own, drafts)
const brokenBy = (...drafts: (Draft | readonly Draft[])[]) => of(...drafts).violation

describe('cancel-propagation', () => {
  it('concerns runs of the own runtime that were cancelled', () => {
    expect(verdict(cancelPropagation, foreign, [runEnd()]).concerned).toBe(false)
    expect(of(modelStart(1), runEnd())).toMatchObject({ verdict: 'valid', concerned: false })
  })

  it('holds where what runs is let go of, and nothing follows', () => {
    const history = [attemptStart('t1.c0'), spoke, heard, attemptEnd('t1.c0', 'unknown'), runEnd('cancelled')]
    expect(of(...history)).toMatchObject({ verdict: 'valid', arose: 3, concerned: true })
  })

  it('breaks where a model call or an attempt begins afterwards', () => {
    expect(brokenBy(heard, modelStart(2))).toMatchObject({ clause: 'a', witness: [0, 1] })
    expect(brokenBy(heard, attemptStart('t1.c1', 'find'))).toMatchObject({ clause: 'a', tool: 'find' })
  })

  it('breaks where the wish is never written down, unless the store or a crash was in the way', () => {
    expect(brokenBy(spoke, late(modelStart(2)))?.because).toContain('ms after the user had cancelled')
    expect(brokenBy(spoke, modelStart(2))).toBeUndefined()
    const outage = faultAt('fault-injected', 'store/outage', 'store/x')
    expect(brokenBy(spoke, outage, late(modelStart(2)))).toBeUndefined()
  })

  it('breaks where an attempt runs on by its own time', () => {
    const ran = late(attemptEnd('t1.c0', 'ok'))
    expect(brokenBy(attemptStart('t1.c0'), heard, ran)).toMatchObject({ clause: 'b', witness: [1, 2], tool: 'charge' })
    const away = faultAt('fault-injected', 'store/fail', 'store/x')
    expect(brokenBy(attemptStart('t1.c0'), heard, away, ran)).toBeUndefined()
    const overtaken = { ...late(attemptEnd('t1.c0', 'failed')), at: 5 } as Draft
    expect(brokenBy(attemptStart('t1.c0'), heard, overtaken)).toBeUndefined()
  })

  it('breaks where a run that was cancelled in the midst of something ends as anything else', () => {
    expect(brokenBy(heard, runEnd())).toMatchObject({ clause: 'c', witness: [0, 1] })
    expect(brokenBy(modelStart(1), heard, modelEnd(1), runEnd('failed'))).toMatchObject({ clause: 'c' })
    expect(brokenBy(modelStart(1), heard, modelEnd(1), runEnd('needs-intervention'))).toBeUndefined()
  })

  it('lets a run that had said its last word, was being undone, or had nothing to let go of end as it would', () => {
    expect(brokenBy(modelStart(1), answered(1, []), heard, modelEnd(1), runEnd())).toBeUndefined()
    expect(brokenBy(modelStart(1), heard, answered(1, []), modelEnd(1), runEnd())).toBeUndefined()
    expect(brokenBy(modelStart(1), heard, told, answered(1, []), modelEnd(1), runEnd())).toMatchObject({ clause: 'c' })
    const undoing = happened('saga-abort', { cause: 'step-failed', steps: [] })
    expect(brokenBy(modelStart(1), undoing, heard, runEnd('failed'))).toBeUndefined()
    expect(brokenBy(heard, runEnd('timed-out'))).toBeUndefined()
    expect(brokenBy(attemptStart('t1.c0'), crash, heard, runEnd('failed'))).toBeUndefined()
  })
})
