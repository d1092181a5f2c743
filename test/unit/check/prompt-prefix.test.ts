import { describe, expect, it } from 'vitest'
import { sharedPrefix } from '../../../src/check/prompt-prefix.js'
import { copy } from '../../../src/core/json.js'
import { asked, proposal, results, user } from './history-of.js'

const call = proposal('charge', {}, 'a')
const messages = [user, asked(call), results([call, '1'])]

describe('sharedPrefix', () => {
  it('counts equal messages, the same objects or copies of them', () => {
    expect(sharedPrefix(messages, [...messages, user])).toBe(3)
    expect(sharedPrefix(messages, copy(messages))).toBe(3)
    expect(sharedPrefix([], messages)).toBe(0)
  })

  it('stops at any difference in text, call, result or role', () => {
    expect(sharedPrefix(messages, [{ role: 'user', text: 'other' }, ...messages.slice(1)])).toBe(0)
    expect(sharedPrefix(messages, [user, asked({ ...call, arguments: '{ }' }), messages[2]!])).toBe(1)
    expect(sharedPrefix(messages, [user, asked(call), results([call, '1', 'failed'])])).toBe(2)
    expect(sharedPrefix(messages, [user, asked(call, call)])).toBe(1)
    expect(sharedPrefix([user], [{ role: 'system', text: 'go' }])).toBe(0)
  })
})
