/** Cites seed-196, seed-195. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formsOf, isSecretName, mask, redactPersonal } from '../../../src/core/mask.js'

const shown = (value: unknown, secrets: readonly string[] = []): string => JSON.stringify(mask(value, secrets)) ?? ''

describe('mask', () => {
  it('seed-196: knows secret fields by the words of their names, and leaves the rest alone', () => {
    for (const name of [
      'key',
      'apiKey',
      'api_key',
      'APIKEY',
      'card_token',
      'db.password',
      'clientSecret',
      'X-Auth-Token',
      'Authorization',
    ]) {
      expect(isSecretName(name), name).toBe(true)
    }
    for (const name of ['monkey', 'max_tokens', 'tokens_in', 'keyboard', 'tokenizer', 'turkey', 'passwordless']) {
      expect(isSecretName(name), name).toBe(false)
    }
  })

  it('seed-196: goes as deep as the value goes, through lists, maps, errors and whatever is not JSON', () => {
    const circle: Record<string, unknown> = { token: 'abcdefgh' }
    circle['self'] = circle
    const broken = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    })
    const cause = new Error('Bearer abcdefgh12')
    expect(
      mask({
        auth: { password: 'hunter2!' },
        list: [{ secret: 'xyzxyzxyz' }],
        map: new Map([['token', 'abcdefgh']]),
        error: new Error('got Bearer abcdefgh12', { cause }),
        circle,
        broken,
        big: 1n,
        not: undefined,
        when: new Date(0),
        nan: Number.NaN,
        call: () => 1,
      }),
    ).toEqual({
      auth: { password: '***' },
      list: [{ secret: '***' }],
      map: { token: '***' },
      error: { name: 'Error', message: 'got Bearer ***', cause: { name: 'Error', message: 'Bearer ***' } },
      circle: { token: '***', self: '[circular]' },
      broken: '[unreadable]',
      big: '1',
      not: undefined,
      when: '1970-01-01T00:00:00.000Z',
      nan: 'NaN',
      call: '[function]',
    })
  })

  it('knows secrets by their shape in any text', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
    const texts: Record<string, string> = {
      'Authorization: Bearer abc.def-123': 'abc.def-123',
      'key sk-live-4242abcd failed': 'sk-live-4242abcd',
      [`got ${jwt}`]: jwt,
      'card 4242 4242 4242 4242 declined': '4242 4242 4242 4242',
      'postgres://ann:s3cret@db.example/x': 's3cret',
      'https://x.example/a?token=abc123&b=1': 'abc123',
      '{"api_key": "abc123"}': 'abc123',
      '{\\"password\\":\\"abc123\\"}': 'abc123',
      'password=abc123, retry': 'abc123',
      'AKIAABCDEFGHIJKLMNOP used': 'AKIAABCDEFGHIJKLMNOP',
    }
    for (const [text, secret] of Object.entries(texts)) expect(shown({ text }), text).not.toContain(secret)
    expect(shown({ order: '1234 5678 9012 3456', note: 'monkey: bananas, max_tokens=100' })).toBe(
      JSON.stringify({ order: '1234 5678 9012 3456', note: 'monkey: bananas, max_tokens=100' }),
    )
  })

  it('takes a known secret out in every form in which it may be written, wherever it stands', () => {
    const anywhere = fc.constantFrom(
      (form: string) => ({ [form]: 1 }),
      (form: string) => ['x', [`a${form}b`]],
      (form: string) => new Error(form),
    )
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 24, unit: 'grapheme' }), anywhere, (secret, put) => {
        for (const form of formsOf([secret]))
          expect(JSON.stringify(mask(put(form), [secret]))).not.toContain(JSON.stringify(form).slice(1, -1))
      }),
    )
  })

  it('shows falsy values as they are, and flags', () => {
    expect(mask({ zero: 0, no: false, nothing: null, empty: '', hasToken: true, token: '' })).toEqual({
      ...{ zero: 0, no: false, nothing: null, empty: '', hasToken: true, token: '' },
    })
    expect(mask(0)).toBe(0)
  })

  it('seed-195: takes people out of sampled prompts', () => {
    expect(redactPersonal('mail ann.b@shop.example or +49 (171) 555-0199, order 12')).toBe(
      'mail [e-mail] or [number], order 12',
    )
  })
})
