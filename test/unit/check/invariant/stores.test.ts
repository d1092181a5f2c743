/** What a store shows again, and whether it can be used after it failed. */

import { describe, expect, it } from 'vitest'
import { checkpointAtomic } from '../../../../src/check/invariant/checkpoint-atomic.js'
import { storeLiveness } from '../../../../src/check/invariant/store-liveness.js'
import { crash, type Draft, faultAt, foreign, happened, own, runSettled, verdict } from '../history-of.js'

const commit = (parent: number, version: number, late: object = {}): Draft =>
  happened('state-commit', { session: 's', version, parent, epoch: 1, types: ['attempt-end'], ...late })
const loaded = (version: number): Draft => happened('state-load', { session: 's', version, epoch: 2, isOpening: true })
const failed = (fault: string): Draft => faultAt('fault-landed', fault, 'store/run-end/run/try-1')

describe('checkpoint-atomic', () => {
  it('holds where a late write is what was handed over, and where a load is what a commit left', () => {
    const history = [loaded(0), commit(0, 2, { handed: 'a', written: 'a' }), failed('store/slow'), loaded(2)]
    expect(verdict(checkpointAtomic, own, history)).toMatchObject({ verdict: 'valid', arose: 2, concerned: true })
  })

  it('breaks clause a where what was handed over changed until it was written', () => {
    const history = [commit(0, 2), commit(2, 3, { handed: 'a', written: 'b' })]
    expect(verdict(checkpointAtomic, own, history).violation).toMatchObject({ clause: 'a', witness: [1] })
  })

  it('breaks clause b where a part of a commit is loaded', () => {
    expect(verdict(checkpointAtomic, own, [commit(0, 2), commit(2, 5), loaded(4)]).violation).toMatchObject({
      clause: 'b',
      witness: [2],
    })
  })

  it('concerns no run whose store did nothing unusual, and no agent written elsewhere', () => {
    expect(verdict(checkpointAtomic, own, [commit(0, 2), loaded(2)])).toMatchObject({ arose: 0, concerned: false })
    expect(verdict(checkpointAtomic, foreign, [loaded(4)])).toMatchObject({ verdict: 'valid', concerned: false })
  })
})

describe('store-liveness', () => {
  it('holds where the store is used after it failed, or the run ends without it', () => {
    for (const fault of ['store/fail', 'store/outage', 'store/lost-acknowledgement'])
      for (const next of [commit(0, 1), loaded(0), runSettled('failed')])
        expect(verdict(storeLiveness, own, [failed(fault), next])).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks clause a where it is never used again, and the run waits', () => {
    const history = [commit(0, 1), failed('store/fail'), runSettled('waiting')]
    expect(verdict(storeLiveness, own, history).violation).toMatchObject({ clause: 'a', witness: [1] })
    expect(verdict(storeLiveness, own, history, true)).toMatchObject({ verdict: 'unknown' })
  })

  it('asks nothing of what died with its process, and of a store that was slow', () => {
    expect(verdict(storeLiveness, own, [failed('store/fail'), crash])).toMatchObject({ verdict: 'valid', arose: 0 })
    expect(verdict(storeLiveness, own, [failed('store/slow')])).toMatchObject({ verdict: 'valid', concerned: false })
    expect(verdict(storeLiveness, own, [runSettled('cancelled'), failed('store/fail')]).violation).toBeUndefined()
  })
})
