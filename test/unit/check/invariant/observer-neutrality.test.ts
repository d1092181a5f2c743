import { describe, expect, it } from 'vitest'
import { observerNeutrality } from '../../../../src/check/invariant/observer-neutrality.js'
import { faultAt, own, runEnd, runSettled, verdict } from '../history-of.js'

const struck = faultAt('fault-landed', 'observability/sink-throw', 'sink.memory')

describe('observer-neutrality', () => {
  it('holds where the run ends by itself, as whatever', () => {
    expect(verdict(observerNeutrality, own, [struck, runEnd('failed'), runSettled('failed')])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })

  it('breaks where it is given up after a sink failed', () => {
    expect(verdict(observerNeutrality, own, [struck, runSettled('failed')]).violation).toMatchObject({
      witness: [0, 1],
    })
  })

  it('concerns no run whose sinks were well', () => {
    expect(verdict(observerNeutrality, own, [runSettled('failed')])).toMatchObject({
      verdict: 'valid',
      concerned: false,
    })
  })
})
