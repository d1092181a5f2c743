import { describe, expect, it } from 'vitest'
import { durableAck } from '../../../../src/check/invariant/durable-ack.js'
import {
  arrived,
  asked,
  attemptStart,
  batchCommit,
  crash,
  type Draft,
  foreign,
  happened,
  own,
  prompted,
  proposal,
  results,
  user,
  verdict,
} from '../history-of.js'

const acknowledged = (version: number): Draft => happened('append-acknowledged', { session: 's', version })
const loaded = (version: number): Draft => happened('state-load', { session: 's', version, epoch: 2, isOpening: true })
const call = proposal('charge', {}, 'a')
const shown = prompted(2, [user, asked(call), results([call, '1'])])

describe('durable-ack', () => {
  it('holds where everything acknowledged, and what was applied unseen, is loaded after a crash', () => {
    expect(verdict(durableAck, own, [acknowledged(3), crash, loaded(4)])).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks clause a where an acknowledged version is gone', () => {
    expect(verdict(durableAck, own, [acknowledged(3), crash, loaded(2)]).violation).toMatchObject({
      clause: 'a',
      witness: [0, 3],
    })
  })

  it('does not blame the agent for a store that answers with an older version', () => {
    expect(
      verdict(durableAck, own, [
        acknowledged(3),
        crash,
        happened('state-load', { session: 's', version: 2, epoch: 2, isOpening: true, isStale: true }),
      ]).verdict,
    ).toBe('valid')
  })

  it('breaks clause b where a write is sent, or a result is shown, before the log holds it', () => {
    const sent = arrived({ call: 't1.c0', attempt: 1 })
    expect(verdict(durableAck, own, [sent]).violation?.clause).toBe('b')
    expect(verdict(durableAck, own, [attemptStart('t1.c0'), sent]).verdict).toBe('valid')
    expect(
      verdict(durableAck, own, [attemptStart('t1.c0'), arrived({ call: 't1.c0', attempt: 2 })]).violation?.clause,
    ).toBe('b')
    expect(verdict(durableAck, own, [shown]).violation?.because).toBe(
      'the prompt of turn 2 shows the results of 1 batches, but the log holds 0',
    )
    expect(verdict(durableAck, own, [batchCommit(1, ['ok']), shown]).verdict).toBe('valid')
  })

  it('knows a compensation by its own start', () => {
    const undo = arrived({ call: 't1.c0.undo', attempt: 1 })
    const start = happened('compensation-start', { step: 1, call: 't1.c0', tool: 'book', attempt: 1, key: 'u' })
    expect(verdict(durableAck, own, [start, undo]).verdict).toBe('valid')
    expect(verdict(durableAck, own, [undo]).violation?.clause).toBe('b')
  })

  it('never arises without a crash, and does not concern agents written elsewhere', () => {
    expect(verdict(durableAck, own, [acknowledged(3), loaded(3)])).toMatchObject({ arose: 0, concerned: false })
    expect(verdict(durableAck, foreign, [crash, shown])).toMatchObject({ arose: 0, concerned: false })
  })
})
