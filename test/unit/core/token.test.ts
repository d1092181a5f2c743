/** Replay tokens: there and back, and what is refused. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hash32 } from '../../../src/core/digest.js'
import { isStormproofError } from '../../../src/core/error.js'
import { decodeToken, encodeToken } from '../../../src/core/token.js'

const text = fc.string({ unit: 'binary', minLength: 1 })
const awkward = fc.oneof(text, fc.constantFrom('a=b', '=', '%', '%3D', '%25', '%0A', 'a\nb', ' a ', 'é😀', '\r\n'))

describe('a token', () => {
  test('decodes to the repro it was made of, whatever the names', () => {
    const repros = fc.record({ scenario: awkward, decisions: fc.array(fc.tuple(awkward, awkward)) })
    fc.assert(
      fc.property(repros, (repro) => {
        expect(decodeToken(encodeToken(repro))).toEqual(repro)
      }),
    )
  })

  test('decodes to the seed it was made of, any text, the empty one too', () => {
    const seeds = fc.record({ scenario: awkward, seed: fc.oneof(awkward, fc.constant('')), source: awkward })
    fc.assert(
      fc.property(seeds, (repro) => {
        expect(decodeToken(encodeToken(repro))).toEqual(repro)
      }),
    )
  })

  test('is one word that a shell leaves alone', () => {
    fc.assert(
      fc.property(awkward, awkward, (scenario, label) =>
        /^v1\.[\w-]+$/.test(encodeToken({ scenario, decisions: [[label, 'x']] })),
      ),
    )
  })

  test('may be copied with blanks around it', () => {
    const token = encodeToken({ scenario: 'checkout', decisions: [] })
    expect(decodeToken(`  ${token}\n`)).toEqual({ scenario: 'checkout', decisions: [] })
  })

  test('is pinned: those of old findings stay readable', () => {
    const repro = { scenario: 'checkout', decisions: [['shop.refund#t2.c0/a1', 'tool/timeout-after-effect']] as const }
    const token = 'v1.YzA3MmQKY2hlY2tvdXQKc2hvcC5yZWZ1bmQjdDIuYzAvYTE9dG9vbC90aW1lb3V0LWFmdGVyLWVmZmVjdA'
    expect(encodeToken(repro)).toBe(token)
    expect(decodeToken(token)).toEqual(repro)
  })
})

describe('what is no token', () => {
  const body = (content: string): string =>
    `v1.${Buffer.from(hash32(content).toString(16).padStart(8, '0').slice(-4) + content).toString('base64url')}`

  test('a token cut anywhere, or with one letter changed, is refused', () => {
    const token = encodeToken({
      scenario: 'checkout',
      decisions: [
        ['a@hold', '1'],
        ['shop.refund#t2.c0/a1', 'tool/error'],
      ],
    })
    for (let end = 0; end < token.length; end++)
      expect(() => decodeToken(token.slice(0, end))).toThrow('cannot be read')
    for (let at = 3; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(() => decodeToken(token.slice(0, at) + other + token.slice(at + 1))).toThrow('cannot be read')
    }
  })

  test.each([
    ['nothing', ''],
    ['no version', 'ZApj'],
    ['another version', 'v2.ZApj'],
    ['an empty body', 'v1.'],
    ['letters of another alphabet', 'v1.ZAp+/w=='],
    ['two words', 'v1.ZApj ZApj'],
    ['a cut end', 'v1.ZApjaGVja291d'],
    ['another kind', body('x\ncheckout')],
    ['no scenario', body('d\n')],
    ['a decision without alternative', body('d\ncheckout\nsite=')],
    ['a decision without label', body('d\ncheckout\n=lost')],
    ['a decision without either', body('d\ncheckout\nsite')],
    ['a seed without source', body('s\ncheckout\n1')],
  ])('is refused as corrupt: %s', (_, token) => {
    let thrown: unknown
    try {
      decodeToken(token)
    } catch (error) {
      thrown = error
    }
    expect(isStormproofError(thrown) && thrown.code).toBe('corrupt-token')
    expect(isStormproofError(thrown) && thrown.remedy).toContain('copy the whole')
  })

  test('is refused as corrupt, or decodes to the like, whatever the text: nothing else is thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String().map((text) => `v1.${text}`),
        ),
        (token) => {
          try {
            expect(decodeToken(token)).toHaveProperty('scenario')
          } catch (error) {
            expect(isStormproofError(error) && error.code).toBe('corrupt-token')
          }
        },
      ),
    )
  })

  test('is shown cut short when it is long', () => {
    expect(() => decodeToken(`v9.${'a'.repeat(500)}`)).toThrow(`"v9.${'a'.repeat(37)}…"`)
  })
})
