import { describe, expect, it } from 'vitest'
import { siblingIsolation } from '../../../../src/check/invariant/sibling-isolation.js'
import {
  answered,
  asked,
  attemptEnd,
  batchCommit,
  batchOpen,
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

const batch = [
  batchOpen(1, ['charge', 'find']),
  attemptEnd('t1.c0', 'ok'),
  settled('t1.c0', 'ok'),
  settled('t1.c1', 'failed', 'find'),
]

describe('sibling-isolation', () => {
  it('holds where the good result of a batch is kept beside the bad one', () => {
    expect(verdict(siblingIsolation, own, [...batch, batchCommit(1, ['ok', 'failed'])])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })

  it('breaks where it is thrown away', () => {
    expect(verdict(siblingIsolation, own, [...batch, batchCommit(1, ['failed', 'failed'])]).violation?.witness).toEqual(
      [1, 4],
    )
    expect(verdict(siblingIsolation, own, [...batch, batchCommit(1, [])]).violation?.because).toContain('no result')
  })

  it('concerns no run whose batches all went well', () => {
    const well = [batchOpen(1, ['charge']), attemptEnd('t1.c0', 'ok'), settled('t1.c0', 'ok'), batchCommit(1, ['ok'])]
    expect(verdict(siblingIsolation, own, well)).toMatchObject({ verdict: 'valid', concerned: false })
  })

  it('elsewhere: a value that is shown as the failure of another call', () => {
    const [a, b] = [proposal('charge', { cents: 1 }, 'a'), proposal('find', { id: 2 }, 'b')]
    const lost = 'cancelled: another call failed'
    const shown = (text: string) => [
      answered(1, [a, b]),
      returned('t1.c0', { receipt: 'r-1' }),
      returned('t1.c1', null, 'find', { outcome: 'threw' }),
      prompted(2, [user, asked(a, b), results([a, text], [b, lost])]),
    ]
    expect(verdict(siblingIsolation, foreign, shown(lost)).violation).toMatchObject({ clause: 'a', tool: 'charge' })
    expect(verdict(siblingIsolation, foreign, shown('{"receipt":"r-1"}'))).toMatchObject({ verdict: 'valid', arose: 1 })
  })
})
