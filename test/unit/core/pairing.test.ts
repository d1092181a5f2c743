/** Tool histories: which are refused, and for which fault. */

import { describe, expect, test } from 'vitest'
import type { Message } from '../../../src/core/message.js'
import { strictPairing } from '../../../src/core/pairing.js'

const user: Message = { role: 'user', text: 'hi' }
const system: Message = { role: 'system', text: 'be kind' }
const calls = (...ids: string[]): Message => ({
  role: 'assistant',
  text: '',
  calls: ids.map((id) => ({ id, tool: 'search', arguments: '{}' })),
})
const results = (...ids: string[]): Message => ({
  role: 'tool',
  results: ids.map((id) => ({ id, tool: 'search', content: '', outcome: 'ok' as const })),
})

describe('strictPairing', () => {
  test('accepts calls answered in the next message, in any order, and ids that come again in a later batch', () => {
    expect(
      strictPairing([system, user, calls('a', 'b'), results('b', 'a'), calls('a'), results('a'), calls()]),
    ).toBeUndefined()
  })

  test.each<[string, Message[], unknown]>([
    ['a call at the end', [user, calls('a', 'b')], { kind: 'missing-results', at: 1, ids: ['a', 'b'] }],
    ['a partly answered batch', [calls('a', 'b'), results('a')], { kind: 'missing-results', at: 0, ids: ['b'] }],
    ['a user between', [calls('a'), user, results('a')], { kind: 'missing-results', at: 0, ids: ['a'] }],
    ['a result without call', [user, results('a')], { kind: 'orphan-result', at: 1, ids: ['a'] }],
    ['a result too many', [calls('a'), results('a', 'b')], { kind: 'orphan-result', at: 1, ids: ['b'] }],
    ['two results of one call', [calls('a'), results('a', 'a')], { kind: 'duplicate-id', at: 1, ids: ['a'] }],
    ['three calls of one id', [calls('a', 'a', 'a'), results('a')], { kind: 'duplicate-id', at: 0, ids: ['a'] }],
    ['a call without id', [calls(''), results('')], { kind: 'empty-id', at: 0, ids: [''] }],
    ['a late system message', [user, system], { kind: 'late-system', at: 1, ids: [] }],
  ])('names %s', (_, messages, fault) => {
    expect(strictPairing(messages)).toEqual(fault)
  })

  test('leaves repeats and late system messages alone where the rules allow them', () => {
    const rules = { uniqueCalls: false, uniqueResults: false, systemFirst: false }
    expect(strictPairing([user, system, calls('a', 'a'), results('a', 'a')], rules)).toBeUndefined()
  })
})
