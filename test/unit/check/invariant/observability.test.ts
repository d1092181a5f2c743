/** The invariants of observability over histories made by hand. Cites seed-24, 54, 56, 189, 196, 197. */

import { describe, expect, it } from 'vitest'
import { attemptAuditable } from '../../../../src/check/invariant/attempt-auditable.js'
import { faultAccounting } from '../../../../src/check/invariant/fault-accounting.js'
import { secretRedaction } from '../../../../src/check/invariant/secret-redaction.js'
import { traceFidelity } from '../../../../src/check/invariant/trace-fidelity.js'
import { judge } from '../../../../src/check/judge.js'
import type { EventMap } from '../../../../src/core/event.js'
import type { Json } from '../../../../src/core/json.js'
import {
  applied,
  attemptEnd,
  attemptStart,
  crash,
  type Draft,
  foreign,
  happened,
  historyOf,
  modelEnd,
  own,
  replied,
  settled,
  verdict,
} from '../history-of.js'

const line = (text: string, more: Partial<EventMap['line-logged']> = {}): Draft =>
  happened('line-logged', { sink: 'memory', level: 'info', text, ...more })

const call = 't1.c0'
const at = { call, attempt: 1 }

describe('attempt-auditable', () => {
  it('seed-54: holds where each effect lies inside an attempt of the log', () => {
    const history = [attemptStart(call), applied(0, at), attemptEnd(call, 'ok'), settled(call, 'ok')]
    expect(verdict(attemptAuditable, own, history)).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks clause a where an effect comes before its record, or an attempt has no ending', () => {
    expect(verdict(attemptAuditable, own, [applied(0, at), attemptStart(call)]).violation?.clause).toBe('a')
    const halfTold = [
      attemptStart(call),
      attemptStart(call, 'charge', 2),
      attemptEnd(call, 'ok', 'charge', 2),
      settled(call, 'ok'),
    ]
    expect(verdict(attemptAuditable, own, halfTold).violation).toMatchObject({ clause: 'a', witness: [0, 3] })
  })

  it('seed-56: breaks clause b where something else than a call changes the world', () => {
    expect(verdict(attemptAuditable, own, [applied(0)]).violation?.clause).toBe('b')
    expect(verdict(attemptAuditable, foreign, [applied(0)])).toMatchObject({ verdict: 'valid', concerned: false })
  })
})

describe('secret-redaction', () => {
  const secret = 'tok_4f9a1c77e2'
  const learnt = attemptEnd(call, 'ok', 'charge', 1, { value: { auth: [{ card_token: secret }] } })

  it('seed-196: holds where lines show stars, and does not arise without secrets', () => {
    expect(verdict(secretRedaction, own, [learnt, line('token=***')])).toMatchObject({ verdict: 'valid', arose: 1 })
    expect(verdict(secretRedaction, own, [line('x')])).toMatchObject({ arose: 0, concerned: false })
  })

  it('breaks clause a for a value that stood deep in a result, in any form, and for a part of it', () => {
    const encoded = [btoa(secret), [...secret].reverse().join(''), Buffer.from(secret).toString('hex')]
    for (const form of [secret, ...encoded, '4f9a1c77']) {
      expect(verdict(secretRedaction, own, [learnt, line(`x${form}y`)]).violation?.clause, form).toBe('a')
    }
    expect(verdict(secretRedaction, own, [learnt, line('', { result: secret })]).violation?.clause).toBe('a')
  })
})

describe('trace-fidelity', () => {
  const ended = modelEnd(1)
  const zero = settled(call, 'ok', 'charge', { value: 0 })
  const shown = (result: string, level = 'info') => line('tool=charge args={} result', { call, result, level })
  const totals = 'status=completed tokens_in=1 tokens_out=1 tool_calls=1 tool_errors=0'

  it('seed-189: holds where lines and totals show what the history has, 0 included', () => {
    expect(verdict(traceFidelity, own, [ended, zero, shown('0'), line(totals)])).toMatchObject({
      verdict: 'valid',
      arose: 2,
    })
  })

  it('breaks clause a where a call has no line, unless a crash took it', () => {
    expect(verdict(traceFidelity, own, [ended, zero, line(totals)]).violation?.clause).toBe('a')
    const resumed = happened('run-resume', { epoch: 2, at: 0 })
    expect(verdict(traceFidelity, own, [ended, zero, crash, resumed, line(totals)]).verdict).toBe('valid')
  })

  it('breaks clause b for a falsy value, a level or a total that is not what happened', () => {
    expect(verdict(traceFidelity, own, [zero, shown('null')]).violation).toMatchObject({ clause: 'b', witness: [0, 1] })
    expect(verdict(traceFidelity, own, [zero, shown('0', 'error')]).violation?.clause).toBe('b')
    expect(
      verdict(traceFidelity, own, [ended, zero, shown('0'), line(totals.replace('calls=1', 'calls=0'))]).violation
        ?.clause,
    ).toBe('b')
  })
})

describe('fault-accounting', () => {
  const where = { fault: 'tool/error', site: 'shop.charge#t1.c0/a1', detail: '' }
  const faulted = (['fault-planned', 'fault-injected', 'fault-landed'] as const).map((type) => happened(type, where))
  const ended = (value: Json) => attemptEnd(call, 'ok', 'charge', 1, { value })

  /** What the world notes of an attempt, it notes in the attempt's lane. */
  const judged = (drafts: readonly Draft[]) => {
    const history = historyOf(own, drafts)
    const events = history.events.map((event) => ('site' in event ? { ...event, lane: `${call}/a1` } : event))
    return judge({ ...history, events }, [faultAccounting])[0]!
  }

  it('seed-24: holds where the attempt says so, where a later request mended it, and where the tool told of it', () => {
    for (const ending of [attemptEnd(call, 'failed'), ended({ declined: true })]) {
      expect(judged([...faulted, ending])).toMatchObject({ verdict: 'valid', arose: 1 })
    }
    expect(judged([...faulted, replied('ok'), ended(null)])).toMatchObject({ verdict: 'valid', arose: 0 })
  })

  it('breaks clause a where the attempt ends ok and empty-handed', () => {
    for (const value of [null, '', [], {}]) {
      const { violation } = judged([...faulted, replied('failed'), ended(value)])
      expect(violation).toMatchObject({ clause: 'a', tool: 'charge', witness: [2, 4] })
    }
  })

  it('breaks clause b where a fault comes from nowhere', () => {
    expect(judged(faulted.slice(1)).violation?.clause).toBe('b')
    expect(judged([faulted[0]!, faulted[2]!]).violation?.clause).toBe('b')
  })
})
