import { describe, expect, it } from 'vitest'
import { streamIntegrity } from '../../../../src/check/invariant/stream-integrity.js'
import type { ProposedCall } from '../../../../src/core/message.js'
import {
  answered,
  arrived,
  attemptStart,
  foreign,
  modelEnd,
  own,
  prompted,
  proposal,
  user,
  verdict,
} from '../history-of.js'

const [a, b] = [proposal('charge', { cents: 1 }, 'a'), proposal('find', { id: 2 }, 'b')]
const cut = answered(1, [a], { complete: false, text: 'I will ch' })
const whole = answered(1, [a], { attempt: 2, text: 'I will charge.' })

describe('stream-integrity', () => {
  it('holds where an answer that was cut off is a failed attempt, and the next one is taken as it was sent', () => {
    const history = [
      cut,
      modelEnd(1, { outcome: 'failed' }),
      whole,
      modelEnd(1, { attempt: 2, text: 'I will charge.', calls: [a] }),
      attemptStart('t1.c0'),
    ]
    expect(verdict(streamIntegrity, own, history)).toMatchObject({ verdict: 'valid', arose: 2 })
  })

  it('breaks where half an answer is taken, or one that ended by its length', () => {
    expect(verdict(streamIntegrity, own, [cut, modelEnd(1)]).violation?.clause).toBe('a')
    const long = answered(1, [], { stop: 'length', text: 'so' })
    expect(verdict(streamIntegrity, own, [long, modelEnd(1, { text: 'so' })]).violation?.clause).toBe('c')
    expect(verdict(streamIntegrity, own, [cut, attemptStart('t1.c0')]).violation?.clause).toBe('d')
  })

  it('breaks where two attempts, or two calls, have become one', () => {
    const twice = modelEnd(1, { attempt: 2, text: 'I will chI will charge.', calls: [a] })
    expect(verdict(streamIntegrity, own, [cut, whole, twice]).violation?.clause).toBe('b')
    const joined = { ...a, arguments: a.arguments + b.arguments }
    const taken = modelEnd(1, { calls: [joined] })
    expect(verdict(streamIntegrity, own, [answered(1, [a, b]), taken]).violation?.clause).toBe('b')
  })

  it('concerns no run whose answers all came whole', () => {
    const history = [answered(1, [a]), modelEnd(1, { calls: [a] }), attemptStart('t1.c0')]
    expect(verdict(streamIntegrity, own, history)).toMatchObject({ verdict: 'valid', concerned: false })
  })

  it('elsewhere: judges what is carried out, and what the next prompt shows', () => {
    const shows = (text: string, ...calls: readonly ProposedCall[]) =>
      prompted(2, [user, { role: 'assistant', text, calls }])
    expect(verdict(streamIntegrity, foreign, [cut, arrived({ call: 't1.c0' })]).violation?.clause).toBe('d')
    expect(verdict(streamIntegrity, foreign, [cut, shows('I will ch')]).violation?.clause).toBe('a')
    expect(verdict(streamIntegrity, foreign, [cut, whole, shows('I will chI will charge.', a)]).violation?.clause).toBe(
      'b',
    )
    const joined = { ...a, arguments: a.arguments + b.arguments }
    const both = answered(2, [a, b])
    expect(verdict(streamIntegrity, foreign, [cut, both, shows('', joined)]).violation?.clause).toBe('b')
    expect(verdict(streamIntegrity, foreign, [cut, whole, shows('I will charge.', a)])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })
})
