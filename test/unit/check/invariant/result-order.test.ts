import { describe, expect, it } from 'vitest'
import { resultOrder } from '../../../../src/check/invariant/result-order.js'
import {
  asked,
  batchCommit,
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

const [a, b] = [proposal('charge', {}, 'a'), proposal('find', {}, 'b')]

describe('result-order', () => {
  it('holds where results stand in call order although the calls finished in another', () => {
    const history = [
      settled('t1.c1', 'ok'),
      settled('t1.c0', 'ok'),
      batchCommit(1, ['ok', 'ok']),
      prompted(2, [user, asked(a, b), results([a, '1'], [b, '2'])]),
    ]
    expect(verdict(resultOrder, own, history)).toMatchObject({ verdict: 'valid', arose: 2 })
  })

  it('breaks where the prompt shows them as they finished', () => {
    const history = [
      returned('t1.c1', 1),
      returned('t1.c0', 2),
      prompted(2, [user, asked(a, b), results([b, '2'], [a, '1'])]),
    ]
    expect(verdict(resultOrder, foreign, history).violation).toMatchObject({ clause: 'a', tool: 'find' })
  })

  it('breaks where the batch was committed out of order', () => {
    const swapped = batchCommit(1, [], {
      results: [
        { call: 't1.c1', id: 'b', tool: 'find', outcome: 'ok', content: '' },
        { call: 't1.c0', id: 'a', tool: 'charge', outcome: 'ok', content: '' },
      ],
    })
    expect(verdict(resultOrder, own, [swapped]).violation?.because).toContain('t1.c1 (find) before t1.c0 (charge)')
  })

  it('leaves lost results to tool-pairing', () => {
    const history = [prompted(2, [user, asked(a, b), results([b, '2'])])]
    expect(verdict(resultOrder, foreign, history).verdict).toBe('valid')
  })

  it('never arises where the calls finish in order', () => {
    const history = [settled('t1.c0', 'ok'), settled('t1.c1', 'ok'), batchCommit(1, ['ok', 'ok'])]
    expect(verdict(resultOrder, own, history)).toMatchObject({ verdict: 'valid', arose: 0, concerned: true })
  })
})
