import { describe, expect, it } from 'vitest'
import { errorFeedback } from '../../../../src/check/invariant/error-feedback.js'
import {
  answered,
  asked,
  batchCommit,
  batchOpen,
  error,
  foreign,
  happened,
  own,
  prompted,
  proposal,
  results,
  returned,
  runEnd,
  user,
  verdict,
} from '../history-of.js'

const call = 't1.c0'
const refused = [
  batchOpen(1, ['charge']),
  happened('call-rejected', { call, tool: 'charge', error: error('invalid-args', false) }),
]
const told = (content: string, outcome: 'ok' | 'failed' = 'failed') =>
  batchCommit(1, [], { results: [{ call, id: 'a', tool: 'charge', outcome, content }] })

describe('error-feedback', () => {
  it('holds where the model is told what went wrong', () => {
    expect(verdict(errorFeedback, own, [...refused, told('no amount')])).toMatchObject({ verdict: 'valid', arose: 1 })
    expect(verdict(errorFeedback, own, [batchOpen(1, ['charge']), told('1', 'ok')])).toMatchObject({ concerned: false })
  })

  it('breaks where it is told nothing, that all is well, or where in the code it was', () => {
    expect(verdict(errorFeedback, own, [...refused, told(' ')]).violation?.clause).toBe('a')
    expect(verdict(errorFeedback, own, [...refused, told('done', 'ok')]).violation?.clause).toBe('a')
    expect(verdict(errorFeedback, own, [...refused, batchCommit(1, [])]).violation?.clause).toBe('a')
    const stack = 'Error: no\n    at charge (file:///app/charge.js:10:5)'
    expect(verdict(errorFeedback, own, [...refused, told(stack)]).violation?.clause).toBe('c')
  })

  it('breaks where the run ends of it', () => {
    expect(verdict(errorFeedback, own, [...refused, runEnd('failed')]).violation).toMatchObject({
      clause: 'b',
      witness: [1, 2],
    })
    expect(verdict(errorFeedback, own, [...refused, runEnd('cancelled')]).verdict).toBe('valid')
  })

  it('elsewhere: a tool that nobody offered is answered, and kills nothing', () => {
    const strange = proposal('charge_v2', {}, 'a')
    const start = [prompted(1, [user]), answered(1, [strange])]
    const next = (text: string) => prompted(2, [user, asked(strange), results([strange, text])])
    expect(verdict(errorFeedback, foreign, [...start, next('no such tool')])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
    expect(verdict(errorFeedback, foreign, [...start, next('')]).violation?.clause).toBe('a')
    expect(verdict(errorFeedback, foreign, [...start, runEnd('failed')]).violation?.clause).toBe('b')
    const other = [...start, returned('t1.c1', 1), runEnd('failed')]
    expect(verdict(errorFeedback, foreign, other).verdict).toBe('valid')
  })
})
