import { describe, expect, test } from 'vitest'
import { describeDecision, describeDecisions } from '../../../src/report/describe.js'
import { refundTwice } from './refund-history.js'

describe('a decision in words', () => {
  test.each([
    ['shop.refund#t2.c0/a1', 'tool/timeout-after-effect', 'shop.refund #1, answer lost'],
    ['shop.refund#t3.c0/a1', 'tool/timeout-before-effect', 'shop.refund #2, request lost'],
    ['shop.refund#t3.c0/a1~1', 'process/crash-after-effect', 'shop.refund #2, crash after the effect'],
    ['shop.refund#t3.c0/a1@time', 'after-turn', 'shop.refund #2, answered after the turn had ended'],
    ['shop.refund#t3.c0/a1@time', 'x8', 'shop.refund #2, answered 8 times slower'],
    ['shop.refund#t3.c0/a1@hold', '3', 'shop.refund #2, 3 other answers come first'],
    ['shop.refund#t3.c0/a1', 'shop/stale-order', 'shop.refund #2, shop/stale-order'],
    ['shop.refund#t9.c9/a1', 'tool/error', 'shop.refund (t9.c9/a1), refused with an error'],
    ['model/t2/a1', 'model/malformed-args', 'model turn 2, malformed arguments'],
    ['model/t2/a1', 'model/loop', 'model turn 2, the same calls in the turns that follow'],
    ['shop.refund#t2.c0/a1', 'tool/injection', 'shop.refund #1, instructions in the answer'],
    ['model/t2/a3', 'model/lost', 'model turn 2, attempt 3, answer lost'],
    ['model/t2/a1@status', '429', 'model turn 2, rate limited (429)'],
    ['model/t2@reaction', 'again', 'reaction: the model calls again'],
    ['model/t2@reaction~1', 'give-up', 'reaction: the model gives up'],
    ['store/attempt-end/t1.c0/a1/try-1', 'process/crash-after-effect', 'crash after the append of attempt-end t1.c0'],
    [
      'store/attempt-end/t3.c1/a2/try-1',
      'store/lost-acknowledgement',
      'the acknowledgement of the append of attempt-end t3.c1 a2 is lost',
    ],
    ['shop.state/cents', '1', 'shop.state/cents is 1'],
    ['storm-end', '30000', 'the storm ends at 30000'],
  ])('%s = %s', (label, alternative, words) => {
    expect(describeDecision(label, alternative, refundTwice)).toBe(words)
  })

  test('the parameters of a model error are told with it', () => {
    const decisions = [
      ['model/t2/a1', 'model/http-error'],
      ['model/t2/a1@status', '429'],
      ['model/t2/a1@retry-after', '30'],
      ['shop.refund#t2.c0/a1', 'tool/timeout-after-effect'],
    ] as const
    expect(describeDecisions(decisions, refundTwice)).toEqual([
      'model turn 2, rate limited (429, Retry-After 30)',
      'shop.refund #1, answer lost',
    ])
  })

  test('the kind of a malformed answer is told with it, a time beside it', () => {
    const decisions = [
      ['model/t2/a1', 'model/malformed-args'],
      ['model/t2/a1@kind', 'extra-key'],
      ['model/t2/a1@time', 'x2'],
      ['model/t3/a1@kind', 'null'],
    ] as const
    expect(describeDecisions(decisions)).toEqual([
      'model turn 2, malformed arguments (extra-key)',
      'model turn 2, answered 2 times slower',
      'model turn 3, kind null',
    ])
  })

  test('a model error with the simplest parameters has no parenthesis', () => {
    expect(describeDecisions([['model/t1/a1', 'model/http-error']])).toEqual(['model turn 1, answered with an error'])
  })
})
