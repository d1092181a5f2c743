import { describe, expect, it } from 'vitest'
import { toolPairing } from '../../../../src/check/invariant/tool-pairing.js'
import { answered, asked, foreign, own, prompted, proposal, results, user, verdict } from '../history-of.js'

const [a, b] = [proposal('charge', {}, 'a'), proposal('find', {}, 'b')]

describe('tool-pairing', () => {
  it('holds where every call is answered right behind it, over growing prompts', () => {
    const first = [user, asked(a, b), results([a, '1'], [b, '2'])]
    const found = verdict(toolPairing, foreign, [
      prompted(1, [user]),
      prompted(2, first),
      prompted(3, [...first, asked(a), results([a, '3'])]),
    ])
    expect(found).toMatchObject({ verdict: 'valid', arose: 2, concerned: true })
  })

  it('breaks clause a where a call has no result', () => {
    const found = verdict(toolPairing, foreign, [prompted(2, [user, asked(a, b), results([a, '1'])])])
    expect(found.violation).toMatchObject({
      clause: 'a',
      because: 'the prompt of turn 2 shows calls without a result behind them: "b"',
    })
  })

  it('breaks where a later prompt adds a result to a batch that was answered', () => {
    const whole = [user, asked(a), results([a, '1'])]
    const found = verdict(toolPairing, foreign, [prompted(2, whole), prompted(3, [...whole, results([b, '2'])])])
    expect(found.violation).toMatchObject({ clause: 'b', witness: [1] })
  })

  it('breaks clause c for an id that only the agent repeats, not for one the model repeated', () => {
    const twice = [user, asked(a, a), results([a, '1'], [a, '2'])]
    expect(verdict(toolPairing, foreign, [prompted(2, twice)]).violation?.clause).toBe('c')
    expect(verdict(toolPairing, foreign, [answered(1, [a, a]), prompted(2, twice)]).verdict).toBe('valid')
  })

  it('breaks clause d for a late system message of our own runtime only', () => {
    const late = [user, { role: 'system', text: 'be nice' } as const]
    expect(verdict(toolPairing, own, [prompted(1, late)]).violation?.clause).toBe('d')
    expect(verdict(toolPairing, foreign, [prompted(1, late)]).verdict).toBe('valid')
  })

  it('breaks clause e where a call of an answer that was cut off is shown', () => {
    const shown = [user, asked(a), results([a, '1'])]
    const cut = verdict(toolPairing, foreign, [answered(1, [a], { complete: false }), prompted(2, shown)])
    expect(cut.violation).toMatchObject({ clause: 'e', witness: [0, 1], tool: 'charge' })
    const again = verdict(toolPairing, foreign, [
      answered(1, [a], { complete: false }),
      answered(1, [a]),
      prompted(2, shown),
    ])
    expect(again.verdict).toBe('valid')
  })

  it('never arises without a call', () => {
    expect(verdict(toolPairing, foreign, [prompted(1, [user])])).toMatchObject({
      verdict: 'valid',
      arose: 0,
      concerned: false,
    })
  })
})
