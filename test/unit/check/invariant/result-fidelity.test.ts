import { describe, expect, it } from 'vitest'
import { resultFidelity } from '../../../../src/check/invariant/result-fidelity.js'
import type { Facts } from '../../../../src/core/history.js'
import type { Json } from '../../../../src/core/json.js'
import {
  answered,
  asked,
  attemptEnd,
  batchCommit,
  charge,
  error,
  foreign,
  happened,
  own,
  prompted,
  proposal,
  results,
  returned,
  settled,
  user,
  verdict,
} from '../history-of.js'

const call = 't1.c0'
const whole = (value: Json, content: string, outcome: 'ok' | 'failed' = 'ok') => [
  returned(call, value),
  attemptEnd(call, 'ok', 'charge', 1, { value }),
  settled(call, 'ok', 'charge', { value }),
  batchCommit(1, [], { results: [{ call, id: 'a', tool: 'charge', outcome, content }] }),
]

describe('result-fidelity', () => {
  it.each([0, false, '', null, [], {}])(
    'holds where %j is shown as JSON, and breaks where it is shown as nothing',
    (value) => {
      expect(verdict(resultFidelity, own, whole(value, JSON.stringify(value)))).toMatchObject({
        verdict: 'valid',
        arose: 2,
      })
      expect(verdict(resultFidelity, own, whole(value, '')).violation).toMatchObject({ clause: 'a', tool: 'charge' })
    },
  )

  it('lets a label, a fence and a cut that says so pass, and no other', () => {
    const value = 'x'.repeat(50)
    const json = JSON.stringify(value)
    const cut = `${json.slice(0, 20)}\n[cut after 20 of 52 bytes; the log holds the whole result of t1.c0]`
    expect(verdict(resultFidelity, own, whole(value, cut)).verdict).toBe('valid')
    expect(verdict(resultFidelity, own, whole(value, json.slice(0, 20))).violation?.clause).toBe('a')
    const guarded: Facts = { ...own, guards: { marking: true, verify: false } }
    expect(verdict(resultFidelity, guarded, whole(value, '[withheld by a guard]')).verdict).toBe('valid')
    expect(verdict(resultFidelity, guarded, whole(value, '')).verdict).toBe('invalid')
  })

  it('breaks where an outcome is another than that of the attempt', () => {
    expect(verdict(resultFidelity, own, whole(1, '1', 'failed')).violation?.clause).toBe('b')
    expect(verdict(resultFidelity, own, [attemptEnd(call, 'ok')]).violation?.because).toContain('returned nothing')
    const gives: Facts = { ...own, tools: [{ ...charge, gives: () => true }] }
    const guessed = [
      returned(call, { error: null }),
      attemptEnd(call, 'failed', 'charge', 1, { error: error('permanent', false) }),
    ]
    expect(verdict(resultFidelity, gives, guessed).violation?.clause).toBe('b')
    expect(verdict(resultFidelity, own, guessed).verdict).toBe('valid')
    const late = [returned(call, 1), attemptEnd(call, 'unknown', 'charge', 1, { error: error('timeout', true) })]
    expect(verdict(resultFidelity, gives, late).verdict).toBe('valid')
  })

  it('leaves a life that took over, after a refusal of the store, in ignorance of what the one before was told', () => {
    const gives: Facts = { ...own, tools: [{ ...charge, gives: () => true }] }
    const gone = attemptEnd(call, 'failed', 'charge', 1, { error: error('unknown-tool', false) })
    const again = happened('run-resume', { epoch: 2, at: 0 })
    expect(verdict(resultFidelity, gives, [returned(call, 1), again, gone]).verdict).toBe('valid')
    expect(verdict(resultFidelity, gives, [again, returned(call, 1), gone]).violation?.clause).toBe('b')
  })

  it('breaks where a prompt shows another text than was committed, unless it says in brackets what is left out', () => {
    const shown = (text: string) => [
      ...whole(1, '1'),
      prompted(2, [user, asked(proposal('charge', {}, 'a')), results([proposal('charge', {}, 'a'), text])]),
    ]
    expect(verdict(resultFidelity, own, shown('1')).verdict).toBe('valid')
    expect(verdict(resultFidelity, own, shown('[result of charge, not shown: reference a]')).verdict).toBe('valid')
    expect(verdict(resultFidelity, own, shown('[1]')).violation?.clause).toBe('c')
  })

  it('judges an agent elsewhere by what no manner of writing explains', () => {
    const asks = proposal('charge', {}, 'a')
    const shown = (value: Json, text: string, outcome: 'ok' | 'failed' = 'ok') => [
      answered(1, [asks]),
      returned(call, value),
      prompted(2, [user, asked(asks), results([asks, text, outcome])]),
    ]
    expect(verdict(resultFidelity, foreign, shown(0, '')).violation?.clause).toBe('a')
    expect(verdict(resultFidelity, foreign, shown({ error: null }, '{"error":null}', 'failed')).violation?.clause).toBe(
      'b',
    )
    expect(verdict(resultFidelity, foreign, shown(0, 'The balance is 0.'))).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })
})
