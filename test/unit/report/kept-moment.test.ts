/** What the record keeps of the moment at which a promise broke: enough to understand it, no secret, and never much. */

import { describe, expect, it, test } from 'vitest'
import type { AnyEvent } from '../../../src/core/event.js'
import type { Message } from '../../../src/core/message.js'
import { keepMoment } from '../../../src/report/kept-moment.js'
import { findingShape } from '../../../src/report/record-shape.js'
import * as records from '../../golden/records.js'
import { history, refundedTwice, refundTwice } from './refund-history.js'

const effect = (number: number, input: unknown, more: object = {}) => ({
  ...{ backend: 'shop', operation: 'refund', kind: 'write', site: 's', input, effect: number, once: 'A-7', ...more },
})
const prompt = (turn: number, messages: readonly Message[]) => ({ turn, attempt: 1, tools: [], messages })
const user = (text: string): Message => ({ role: 'user', text })
const answer = (text: string): Message => ({ role: 'assistant', text, calls: [] })
const atEnd = (events: readonly AnyEvent[]) => ({ seq: events.length - 1, witness: [] })
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

describe('the moment of a failure', () => {
  const kept = keepMoment(refundTwice, refundedTwice)

  it('has every effect by then, and tells which of them show the failure', () => {
    expect(kept.ledger).toEqual({
      hidden: 0,
      lines: [1100, 12_100].map((vt) => ({
        ...{ vt, text: 'shop.refund {"orderId":"A-7","cents":4900}', takenBack: false, witness: true },
      })),
    })
  })

  it('has the prompts, each as what it changed, and the state', () => {
    expect(
      kept.prompts.lines.map(({ turn, lines }) => [turn, ...lines.map(({ change, text }) => `${change} ${text}`)]),
    ).toEqual([
      [2, 'new call-1 findOrder ok: {"cents":4900}'],
      [3, 'gone call-1 findOrder ok: {"cents":4900}', 'new call-2 refundOrder failed: fetch failed'],
    ])
    expect(kept.state.lines).toContainEqual(['run', 'not-started, turn 3'])
  })

  it('has the state from event to event, each with what it changed', () => {
    const events = history(
      [0, 'run-start', { session: 's', agent: 'a', prompt: '', instructions: '', limits: {}, saga: false, at: 0 }],
      [1, 'batch-open', { turn: 1, calls: [{ call: 't1.c0', tool: 'pay' }] }],
      [2, 'console', { stream: 'log', text: 'changes nothing' }],
      [3, 'call-settled', { call: 't1.c0', tool: 'pay', outcome: 'unknown' }],
    )
    expect(keepMoment(events, atEnd(events)).steps.lines).toEqual([
      { seq: 0, vt: 0, event: 'run-start', changes: [['run', '', 'running, turn 0']] },
      { seq: 1, vt: 1, event: 'batch-open', changes: [['open calls', '', 't1.c0 pay']] },
      {
        ...{ seq: 3, vt: 3, event: 'call-settled' },
        changes: [
          ['open calls', 't1.c0 pay', ''],
          ['in doubt', '', 't1.c0 pay'],
        ],
      },
    ])
  })

  it('knows nothing of what came later', () => {
    const early = keepMoment(refundTwice, { seq: 7, witness: [] })
    expect(early.ledger.lines).toHaveLength(1)
    expect(early.prompts.lines).toHaveLength(1)
  })

  it('tells what was taken back', () => {
    const events = history(
      [1, 'effect-applied', effect(0, 1)],
      [2, 'effect-applied', effect(1, 2)],
      [3, 'effect-applied', effect(2, 3, { operation: 'cancel', compensates: 1 })],
      [4, 'effect-compensated', { backend: 'shop', operation: 'refund', effect: 0 }],
    )
    const back = (through: number) =>
      keepMoment(events, { seq: through, witness: [] }).ledger.lines.map(({ takenBack }) => takenBack)
    expect(back(3)).toEqual([true, true, false])
    expect(back(1)).toEqual([false, false])
  })
})

describe('of many prompts', () => {
  const talk = Array.from({ length: 9 }, (_, turn) =>
    prompt(turn + 1, [
      { role: 'system', text: 'be kind' },
      user('refund A-7'),
      ...Array.from({ length: turn }, (_step, at) => answer(`step ${at + 1}`)),
    ]),
  )
  const events = history(...talk.map((one, at) => [at, 'prompt-received', one] as const))

  it('the last are kept: what each added, and the last one whole', () => {
    const { prompts } = keepMoment(events, atEnd(events))
    expect(prompts.hidden).toBe(5)
    expect(prompts.lines.map(({ turn, same, lines }) => [turn, same, lines.length])).toEqual([
      [6, 6, 1],
      [7, 7, 1],
      [8, 8, 1],
      [9, 0, 10],
    ])
    expect(prompts.lines.at(-1)?.lines.filter(({ change }) => change === 'new')).toEqual([
      { change: 'new', role: 'assistant', text: 'step 8' },
    ])
  })

  it('one that was sent again tells nothing new', () => {
    const again = history(
      [0, 'prompt-received', talk[1]!],
      [1, 'prompt-received', talk[1]!],
      [2, 'prompt-received', talk[2]!],
    )
    expect(keepMoment(again, atEnd(again)).prompts.lines[1]).toMatchObject({ same: 3, lines: [], hidden: 0 })
  })
})

describe('secrets', () => {
  const known = 'correct horse battery staple'
  const events = history(
    [0, 'prompt-received', prompt(1, [user(`my card is 4242 4242 4242 4242, I say ${known}`), user('hello')])],
    [1, 'effect-applied', effect(0, { apiKey: 'abc-123', note: 'Bearer abcdefgh', orderId: 'A-7' })],
  )
  const kept = keepMoment(events, atEnd(events), [known])

  it('are masked by name, by shape and where they are known, and counted by the text', () => {
    expect(kept.ledger.lines[0]?.text).toBe('shop.refund {"apiKey":"***","note":"Bearer ***","orderId":"A-7"}')
    expect(kept.prompts.lines[0]?.lines[0]?.text).toBe('my card is ***, I say ***')
    expect(kept.redacted).toBe(2)
  })
})

describe('size', () => {
  test.each([
    ['letters', 'a', 10_000_000],
    ['words', 'a_a ', 100_000],
    ['control characters', '\u0001', 100_000],
    ['Chinese', '失', 100_000],
    ['half characters', '\ud800', 100_000],
    ['quotes', '"\\', 100_000],
  ])('long texts of %s, and a hundred of everything: under 32 kB', (_name, unit, length) => {
    const text = unit.repeat(length / unit.length)
    const messages = [...Array.from({ length: 30 }, (_, at) => answer(`${at}`)), user(text)]
    const arrives = { backend: 'b', operation: 'o', kind: 'read', input: text }
    const events = history(
      ...Array.from({ length: 100 }, (_, at) => [at, 'effect-applied', effect(at, { [text]: text })] as const),
      ...Array.from({ length: 6 }, (_, at) => [100, 'prompt-received', prompt(at, messages.slice(at))] as const),
      ...Array.from(
        { length: 100 },
        (_, at) => [200, 'request-arrived', { ...arrives, site: `${unit.repeat(100)}${at}` }] as const,
      ),
    )
    const kept = keepMoment(events, atEnd(events))
    expect(bytes(kept)).toBeLessThan(32_000)
    expect(kept.ledger.hidden).toBe(100 - kept.ledger.lines.length)
    expect(kept.ledger.lines.length).toBeGreaterThan(0)
    expect(kept.prompts.lines.at(-1)?.lines.length).toBeGreaterThan(0)
    expect(kept.state.lines.length).toBeGreaterThan(0)
    expect(kept.steps.lines.length).toBeGreaterThan(0)
    expect(kept.steps.lines.every(({ changes }) => changes.length > 0)).toBe(true)
  })
})

test('a record says where what it kept is damaged', () => {
  const moment = keepMoment(refundTwice, refundedTwice)
  expect(findingShape(JSON.parse(JSON.stringify({ ...records.finding, moment })), 'F1')).toBeUndefined()
  expect(findingShape({ ...records.finding, moment: { ...moment, ledger: [] } }, 'F1')).toEqual({
    at: 'F1.moment.ledger',
    wants: 'an object',
  })
  const lines = [{ change: 'same', role: 'robot', text: '' }]
  const prompts = { hidden: 0, lines: [{ ...moment.prompts.lines[0], lines }] }
  expect(findingShape({ ...records.finding, moment: { ...moment, prompts } }, 'F1')).toEqual({
    at: 'F1.moment.prompts.lines[0].lines[0].role',
    wants: 'one of system, user, assistant, tool',
  })
})
