import { describe, expect, it } from 'vitest'
import { contextSafe } from '../../../../src/check/invariant/context-safe.js'
import type { EventMap } from '../../../../src/core/event.js'
import type { Message } from '../../../../src/core/message.js'
import type { Segment } from '../../../../src/core/prompt.js'
import {
  asked,
  batchCommit,
  type Draft,
  error,
  happened,
  modelEnd,
  modelStart,
  own,
  prompted,
  proposal,
  results,
  runStart,
  user,
  verdict,
} from '../history-of.js'

const system: Message = { role: 'system', text: 'be good' }
const start = runStart({ instructions: 'be good', prompt: 'go' })
const charge = proposal('charge', {}, 'id-0')

const segment = (name: Segment['name'], tokens: number, fill: Partial<Segment> = {}): Segment => {
  return { name, tokens, trust: 'untrusted', ...fill }
}
const built = (tokens: number, fill: Partial<EventMap['context-built']> = {}): Draft =>
  happened('context-built', { turn: 1, segments: [segment('history', tokens)], tokens, limit: 100, ...fill })
const warned = happened('context-warned', { turn: 1, tokens: 90, limit: 100 })
const compacted = (fill: Partial<EventMap['context-compacted']> = {}): Draft =>
  happened('context-compacted', {
    ...{ turn: 1, refused: false, before: 90, after: 40, limit: 100 },
    ...{ from: 1, pinned: [], dropped: 1, stubbed: [], exhausted: false },
    ...fill,
  })

const clauseOf = (...drafts: readonly Draft[]): string | undefined =>
  verdict(contextSafe, own, [start, ...drafts]).violation?.clause
const shown = (...messages: readonly Message[]): Draft => prompted(2, [system, user, ...messages])

describe('context-safe', () => {
  it('seed-143 seed-146: holds for prompts within window and budgets, breaks clause a beyond them', () => {
    expect(verdict(contextSafe, own, [start, built(50), warned, compacted(), built(40)])).toMatchObject({
      verdict: 'valid',
      arose: 3,
      concerned: true,
    })
    expect(clauseOf(warned, built(101))).toBe('a')
    expect(clauseOf(built(50, { segments: [segment('history', 50, { budget: 40 })] }))).toBe('a')
    expect(clauseOf(built(50, { segments: [segment('history', 49)] }))).toBe('a')
  })

  it('seed-145: breaks clause b where nothing warned, nothing was let go, or too little', () => {
    expect(clauseOf(built(70))).toBe('b')
    expect(clauseOf(warned, built(70))).toBeUndefined()
    expect(clauseOf(warned, built(85))).toBe('b')
    expect(clauseOf(compacted())).toBe('b')
    expect(clauseOf(warned, compacted({ after: 85 }))).toBe('b')
    expect(clauseOf(warned, compacted({ after: 95, exhausted: true }), modelStart(1))).toBe('b')
    expect(clauseOf(warned, compacted({ after: 95, exhausted: true }))).toBeUndefined()
  })

  it('seed-147: breaks clause b where a refused prompt is sent again unchanged, or a third time', () => {
    const refused = modelEnd(1, { outcome: 'failed', error: error('context-length', false) })
    const again = modelStart(1, 2)
    expect(clauseOf(modelStart(1), refused, again)).toBe('b')
    expect(clauseOf(modelStart(1), refused, warned, compacted({ refused: true }), again)).toBeUndefined()
    const third = [again, refused, warned, compacted({ refused: true }), modelStart(1, 3)]
    expect(clauseOf(modelStart(1), refused, warned, compacted({ refused: true }), ...third)).toBe('b')
  })

  it('seed-140: breaks clause c for a parted pair, a lost goal, a lost last turn or a lost unknown outcome', () => {
    const pair = [asked(charge), results([charge, 'r0'])]
    const committed = batchCommit(1, ['ok'])
    expect(
      clauseOf(
        built(10, { segments: [segment('history', 10, { items: 2 }), segment('toolResults', 0, { items: 1 })] }),
      ),
    ).toBe('c')
    expect(clauseOf(built(10), committed, shown(...pair))).toBeUndefined()
    expect(clauseOf(built(10), committed, shown(pair[1] as Message))).toBe('c')
    expect(clauseOf(built(10), committed, prompted(2, [system, ...pair]))).toBe('c')
    expect(clauseOf(built(10), committed, prompted(2, [user, ...pair]))).toBe('c')
    expect(clauseOf(built(10), committed, shown())).toBe('c')
    const other = happened('batch-commit', {
      turn: 2,
      results: [{ call: 't2.c0', id: 'later', tool: 'find', outcome: 'ok', content: 'r1' }],
    })
    const later = proposal('find', {}, 'later')
    const onlyLater = shown(asked(later), results([later, 'r1']))
    expect(clauseOf(built(10), committed, other, onlyLater)).toBeUndefined()
    expect(clauseOf(built(10), batchCommit(1, ['unknown']), other, onlyLater)).toBe('c')
  })

  it('seed-150 seed-152: breaks clause c where something comes back that was let go or withdrawn', () => {
    const whole = shown(asked(charge), results([charge, 'r0']))
    const stub = shown(asked(charge), results([charge, '[not shown]']))
    expect(clauseOf(built(10), batchCommit(1, ['ok']), whole, stub, stub)).toBeUndefined()
    expect(clauseOf(built(10), batchCommit(1, ['ok']), whole, stub, whole)).toBe('c')
    const withdrawn = happened('result-retracted', { call: 't1.c0', id: 'id-0', reason: 'bad', summarised: false })
    expect(clauseOf(built(10), batchCommit(1, ['ok']), withdrawn, whole)).toBe('c')
    expect(clauseOf(built(10), batchCommit(1, ['ok']), withdrawn, stub)).toBeUndefined()
  })

  it('seed-141: breaks clause d for a summary that is an error', () => {
    expect(clauseOf(warned, compacted({ summary: 'Error: 500' }))).toBe('d')
    expect(clauseOf(warned, compacted({ summary: ' ' }))).toBe('d')
    expect(clauseOf(warned, compacted({ summary: 'books were read' }))).toBeUndefined()
  })

  it('breaks clause e where the conversation counts as trusted', () => {
    expect(clauseOf(built(10, { segments: [segment('toolResults', 10, { trust: 'trusted' })] }))).toBe('e')
  })

  it('does not concern an agent that never measures its prompts', () => {
    expect(verdict(contextSafe, own, [start, prompted(1, [user])])).toMatchObject({ arose: 0, concerned: false })
  })
})
