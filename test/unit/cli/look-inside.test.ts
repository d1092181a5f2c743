/** Looking into a replay: where a trial stood, told from its history alone. */

import { describe, expect, it } from 'vitest'
import { type Look, lookInside } from '../../../src/cli/look-inside.js'
import type { AnyEvent } from '../../../src/core/event.js'
import type { Violation } from '../../../src/core/verdict.js'
import { calmJob } from '../../../src/explore/source-spec.js'
import { momentAt } from '../../../src/report/moment.js'
import * as records from '../../golden/records.js'
import { history, refundTwice } from '../report/refund-history.js'

const broken: readonly Violation[] = [
  { invariant: 'at-most-once-effect', clause: 'c', because: 'refunded twice', witness: [7], seq: 14 },
]

async function looked(look: Partial<Look>, typed: readonly string[] = [], events: readonly AnyEvent[] = refundTwice) {
  let out = ''
  const terminal = {
    ...{ width: 110, color: false, live: false, error: () => {} },
    out: (text: string) => {
      out += text
    },
    lines: async function* () {
      yield* typed
    },
  }
  const hands = {
    bytes: async () => ({ fingerprint: '', events: events.map((event) => JSON.stringify(event)), lanes: [] }),
  }
  const whole = { until: undefined, views: [], step: false, ...look }
  const { moment, lines } = await lookInside(hands as never, 'refund', calmJob, broken, whole, terminal)
  return { moment, text: out + lines.join('\n') }
}

describe('a moment of a trial', () => {
  it('by its time: the effect is there, its answer is not', async () => {
    const { moment, text } = await looked({ until: { vt: 1100 }, views: ['state', 'ledger'] })
    expect(moment.state).toMatchObject({ turn: 2, openRequests: ['shop.refund#t2.c0/a1'] })
    expect(moment.ledger).toEqual({ shop: { refund: [expect.objectContaining({ at: 1100, compensated: false })] } })
    expect(text).toContain('answer lost, at shop.refund#t2.c0/a1')
    expect(text).toContain('1.100 s  shop.refund {"orderId":"A-7","cents":4900}')
  })

  it('by the number of an event: nothing of what came later', async () => {
    const { moment, text } = await looked({ until: { seq: 4 }, views: ['prompt', 'ledger'] })
    expect(moment.prompt).toHaveLength(1)
    expect(text).toContain('call-1 findOrder ok: {"cents":4900}')
    expect(text).toContain('no effect has been applied')
    expect(text).not.toContain('#5 ')
  })

  it('at the end, where nobody says when; the event that broke a promise says so', async () => {
    const { moment, text } = await looked({})
    expect(moment.at.seq).toBe(refundTwice.at(-1)?.seq)
    expect(text).toContain('✗ refunded twice')
  })

  it('before the first event is refused with what there is', async () => {
    const late = refundTwice.map((event) => ({ ...event, seq: event.seq + 3 }))
    await expect(looked({ until: { seq: 1 } }, [], late)).rejects.toMatchObject({ code: 'usage' })
  })

  it('what agents and services say cannot steer the terminal', async () => {
    for (const text of records.hostileTexts) {
      const events = history(
        [0, 'prompt-received', { turn: 1, attempt: 1, tools: [], messages: [{ role: 'user', text }] }],
        [
          1,
          'effect-applied',
          { backend: text, operation: text, kind: 'write', site: text, input: text, effect: 0, once: text },
        ],
      )
      const { text: shown } = await looked({ views: ['state', 'prompt', 'ledger'] }, [], events)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
  })
})

describe('step by step', () => {
  it('one event for each line typed, a view for its letter, and an end at q', async () => {
    const { moment, text } = await looked({ step: true }, ['', 's', '', 'q'])
    expect(moment.at.seq).toBe(2)
    expect(text.match(/^ #\d+/gm)).toHaveLength(3)
    expect(text).toContain('requests    shop.order#t1.c0/a1')
  })

  it('begins where it is told to, and ends where the input does', async () => {
    const { moment, text } = await looked({ step: true, until: { seq: 7 } }, [''])
    expect(text.match(/^ #\d+/gm)).toEqual([' #7', ' #8'])
    expect(moment.at.seq).toBe(8)
  })
})

describe('the state', () => {
  it('knows open calls, doubts, approvals and breakers of our own agents, and forgets what is over', () => {
    const call = { call: 't1.c0', tool: 'pay' }
    const events = history(
      [0, 'run-start', { agent: 'a' }],
      [0, 'batch-open', { turn: 1, calls: [{ ...call }, { call: 't1.c1', tool: 'ask' }] }],
      [1, 'approval-requested', { ...call, approval: 's/t1.c0', approvers: ['eve', 'bob'] }],
      [2, 'approval-decided', { approval: 's/t1.c0', by: 'eve', decision: 'approve' }],
      [3, 'attempt-start', { ...call, attempt: 2 }],
      [4, 'breaker-moved', { key: 'shop', from: 'closed', to: 'open' }],
      [5, 'call-settled', { ...call, outcome: 'unknown' }],
      [6, 'call-reconciled', { ...call, answer: 'applied' }],
      [7, 'breaker-moved', { key: 'shop', from: 'open', to: 'closed' }],
    )
    expect(momentAt(events, 2).state).toMatchObject({
      awaited: ['pay: eve, bob'],
      openCalls: ['t1.c0 pay', 't1.c1 ask'],
    })
    expect(momentAt(events, 4).state).toMatchObject({ awaited: [], openCalls: ['t1.c0 pay, attempt 2', 't1.c1 ask'] })
    expect(momentAt(events, 6).state).toMatchObject({
      inDoubt: ['t1.c0 pay'],
      breakers: ['shop open'],
      openCalls: ['t1.c1 ask'],
    })
    expect(momentAt(events, 8).state).toMatchObject({ run: 'running', inDoubt: [], breakers: [] })
  })
})
