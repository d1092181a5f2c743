import { describe, expect, it } from 'vitest'
import { resultIdentity } from '../../../../src/check/invariant/result-identity.js'
import {
  answered,
  asked,
  batchCommit,
  type Draft,
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

const [a, b] = [proposal('charge', { n: 1 }, 'same'), proposal('find', { n: 2 }, 'same')]
const [first, second] = [{ chargeId: 'c-111' }, { order: 'A-222' }]
const executed: readonly Draft[] = [answered(1, [a, b]), returned('t1.c0', first), returned('t1.c1', second, 'find')]
const shown = (...texts: readonly [string, string]): Draft =>
  prompted(2, [user, asked(a, b), results([a, texts[0]], [b, texts[1]])])

describe('result-identity', () => {
  it('holds where each call shows its own value, wrapped or not', () => {
    const found = verdict(resultIdentity, foreign, [
      executed,
      shown(JSON.stringify(first), `<data>${JSON.stringify(second)}</data>`),
    ])
    expect(found).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks clause a where one id made two calls show one value', () => {
    const found = verdict(resultIdentity, foreign, [executed, shown(JSON.stringify(second), JSON.stringify(second))])
    expect(found.violation).toMatchObject({ clause: 'a', tool: 'charge', witness: [2, 3] })
    expect(found.violation?.because).toBe('the result of t1.c0 (charge) is the value that was returned to t1.c1 (find)')
  })

  it('breaks clause b where a call that got no value shows the value of a different one', () => {
    const history = [executed, answered(2, [proposal('charge', { n: 9 }, 'c')])]
    const prompt = prompted(3, [
      user,
      asked(proposal('charge', { n: 9 }, 'c')),
      results([proposal('charge', {}, 'c'), JSON.stringify(second)]),
    ])
    expect(verdict(resultIdentity, foreign, [...history, prompt]).violation?.clause).toBe('b')
  })

  it('lets a call be refused with the words of its own arguments, though they are the value of another', () => {
    const quoting = proposal('find', { reference: JSON.stringify(second) }, 'c')
    const refused = `nothing can be read under ${JSON.stringify(second)}`
    const prompt = prompted(3, [user, asked(quoting), results([quoting, refused, 'failed'])])
    expect(verdict(resultIdentity, foreign, [executed, answered(2, [quoting]), prompt]).verdict).toBe('valid')
  })

  it('lets a call be answered from a cache when it asks for the same thing', () => {
    const again = proposal('find', { n: 2 }, 'c')
    const prompt = prompted(3, [user, asked(again), results([again, JSON.stringify(second)])])
    expect(verdict(resultIdentity, foreign, [executed, answered(2, [again]), prompt]).verdict).toBe('valid')
  })

  it('breaks on the log of our own runtime as well', () => {
    expect(
      verdict(resultIdentity, own, [executed, settled('t1.c0', 'ok', 'charge', { value: second })]).violation?.clause,
    ).toBe('a')
    const commit = batchCommit(1, ['ok', 'ok'], {
      results: [first, first].map((value, index) => ({
        call: `t1.c${index}`,
        id: '',
        tool: 'x',
        outcome: 'ok',
        content: JSON.stringify(value),
      })),
    })
    expect(verdict(resultIdentity, own, [executed, commit]).violation?.because).toContain('t1.c1')
  })

  it('says nothing about a value it has never seen, such as one the output schema changed', () => {
    expect(
      verdict(resultIdentity, own, [executed, settled('t1.c0', 'ok', 'charge', { value: { id: 'c-111' } })]).verdict,
    ).toBe('valid')
  })

  it('lets a call without a value take that of one that asked the same, whoever else was told the same', () => {
    const [other, again] = [
      { id: 'p3', tool: 'charge', arguments: '{"orderId":"C"}' },
      { id: 'p4', tool: 'charge', arguments: '{"orderId":"C"}' },
    ]
    const taken = settled('t2.c1', 'ok', 'charge', { value: first })
    const history = [answered(1, [a]), returned('t1.c0', first), answered(2, [other, again]), returned('t2.c0', first)]
    expect(verdict(resultIdentity, own, [...history, taken]).verdict).toBe('valid')
    const strange = [answered(1, [a]), returned('t1.c0', first), answered(2, [other, a]), returned('t2.c0', second)]
    expect(verdict(resultIdentity, own, [...strange, settled('t2.c0', 'ok', 'charge', { value: first })]).verdict).toBe(
      'invalid',
    )
  })

  it('never arises with a single value', () => {
    expect(verdict(resultIdentity, foreign, [answered(1, [a]), returned('t1.c0', first)])).toMatchObject({
      arose: 0,
      concerned: false,
    })
  })
})
