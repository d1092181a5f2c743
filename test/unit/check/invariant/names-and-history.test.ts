/** What has a name of its own, and what stands in the history once. */

import { describe, expect, it } from 'vitest'
import { historyExactlyOnce } from '../../../../src/check/invariant/history-exactly-once.js'
import { idUniqueness } from '../../../../src/check/invariant/id-uniqueness.js'
import type { Draft } from '../history-of.js'
import {
  answered,
  asked,
  batchCommit,
  batchOpen,
  foreign,
  happened,
  modelEnd,
  own,
  prompted,
  proposal,
  results,
  runStart,
  settled,
  user,
  verdict,
} from '../history-of.js'

const requested = (approval: string, call: string, vt: number): Draft =>
  happened('approval-requested', {
    approval,
    call,
    tool: 'charge',
    argsDigest: 'd',
    policy: 'p',
    approvers: ['lead'],
    at: vt,
    expiresAt: vt + 1_000,
    vt,
  })

describe('id-uniqueness', () => {
  it('holds where what is asked in one instant has two names, and where the provider repeats an id', () => {
    const two = [requested('s/t1.c0', 't1.c0', 5), requested('s/t1.c1', 't1.c1', 5)]
    expect(verdict(idUniqueness, own, two)).toMatchObject({ verdict: 'valid', arose: 1, concerned: true })
    const repeated = [answered(1, [proposal('charge')]), answered(2, [proposal('charge')])]
    expect(verdict(idUniqueness, own, repeated)).toMatchObject({ verdict: 'valid', arose: 1 })
    expect(verdict(idUniqueness, own, [batchOpen(1, ['charge', 'find'])])).toMatchObject({ concerned: false })
  })

  it('breaks clause a where two requests, or two subagents, have one name', () => {
    const two = [requested('s/5', 't1.c0', 5), requested('s/5', 't1.c1', 5)]
    expect(verdict(idUniqueness, own, two).violation).toMatchObject({ clause: 'a', witness: [0, 1] })
    const begun = (call: string): Draft =>
      happened('subagent-start', { call, tool: 'ask', session: 's/child', task: '', timeMs: 1 })
    expect(verdict(idUniqueness, own, [begun('t1.c0'), begun('t1.c1')]).violation?.clause).toBe('a')
  })

  it('breaks clause b where two calls have one id or one key, unless one is made again on purpose', () => {
    const first = batchOpen(1, ['charge'])
    const intent = (first as Extract<Draft, { type: 'batch-open' }>).calls[0]!
    const later = (change: object): Draft =>
      happened('batch-open', { turn: 2, calls: [{ ...intent, call: 't2.c0', id: 'id-9', key: 'k-9', ...change }] })
    expect(verdict(idUniqueness, own, [first, later({})]).verdict).toBe('valid')
    expect(verdict(idUniqueness, own, [first, later({ id: intent.id })]).violation?.clause).toBe('b')
    expect(verdict(idUniqueness, own, [first, later({ key: intent.key })]).violation?.clause).toBe('b')
    const again = later({ key: intent.key, reissueOf: intent.call })
    expect(verdict(idUniqueness, own, [first, again]).verdict).toBe('valid')
  })
})

describe('history-exactly-once', () => {
  const resumed = happened('run-resume', { epoch: 2, at: 0 })
  const call = proposal('charge', {}, 'a')
  const pair = [asked(call), results([call, '1'])]

  it('holds where a resumed run goes on, and where a call is proposed again', () => {
    const log = [
      runStart(),
      modelEnd(1),
      batchOpen(1, ['charge']),
      resumed,
      settled('t1.c0', 'ok'),
      batchCommit(1, ['ok']),
    ]
    expect(verdict(historyExactlyOnce, own, log)).toMatchObject({ verdict: 'valid', arose: 2, concerned: true })
    const twice = [answered(1, [call]), answered(2, [call]), prompted(3, [user, ...pair, ...pair])]
    expect(verdict(historyExactlyOnce, foreign, twice).verdict).toBe('valid')
  })

  it('breaks clause a where the log holds one thing twice', () => {
    const again = [runStart(), resumed, runStart()]
    expect(verdict(historyExactlyOnce, own, again).violation).toMatchObject({ clause: 'a', witness: [0, 2] })
    const settledTwice = [settled('t1.c0', 'ok'), settled('t1.c0', 'ok')]
    expect(verdict(historyExactlyOnce, own, settledTwice).violation?.because).toBe(
      'the log holds the result of t1.c0 twice',
    )
  })

  it('breaks clause b where a prompt shows a call twice that was proposed once, whatever it showed before', () => {
    const shown = [answered(1, [call]), prompted(2, [user, ...pair]), prompted(3, [user, ...pair, ...pair])]
    expect(verdict(historyExactlyOnce, foreign, shown).violation).toMatchObject({ clause: 'b', witness: [2] })
    const trimmed = [answered(1, [call]), prompted(2, [user, ...pair]), prompted(3, pair), prompted(4, [user, ...pair])]
    expect(verdict(historyExactlyOnce, foreign, trimmed).verdict).toBe('valid')
  })

  it('asks nothing of ids that the model did not give', () => {
    const other = proposal('charge', {}, 'call_0')
    const own = [asked(other), results([other, '1'])]
    expect(verdict(historyExactlyOnce, foreign, [answered(1, [call]), prompted(2, [...own, ...own])])).toMatchObject({
      verdict: 'valid',
      concerned: false,
    })
  })
})
