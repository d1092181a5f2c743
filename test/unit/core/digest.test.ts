/** Digests are pinned: labels on old tapes and tokens hash the same for ever. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digest, hash32, mix32 } from '../../../src/core/digest.js'

describe('known values never change', () => {
  test('hash32', () => {
    expect(['', 'a', 'shop.refund#t1.c0/a1@time', 'ångström'].map((text) => hash32(text))).toMatchInlineSnapshot(`
      [
        2872998923,
        444641715,
        1409369774,
        171931674,
      ]
    `)
    expect(hash32('a', 7)).toMatchInlineSnapshot(`3736780160`)
  })

  test('mix32, which is murmur3’s finaliser', () => {
    expect([0, 1, -1, 0xdeadbeef].map(mix32)).toMatchInlineSnapshot(`
      [
        0,
        1364076727,
        2180083513,
        233162409,
      ]
    `)
  })

  test('digest', () => {
    expect([null, '', {}, [], { orderId: 'o-1', cents: 500 }].map(digest)).toMatchInlineSnapshot(`
      [
        "717bbb8fffd2eaeb",
        "c2a767d546b4001a",
        "4e1892f748b064a0",
        "68e53983affa8f75",
        "7d4da4f2c1849562",
      ]
    `)
  })
})

test('a digest is sixteen hex digits, the same whatever the order of keys', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => /^[0-9a-f]{16}$/.test(digest(value))))
  expect(digest({ a: 1, b: [2, { c: 3, d: 4 }] })).toBe(digest({ b: [2, { d: 4, c: 3 }], a: 1 }))
})

test('digests of near values differ', () => {
  const near = Array.from({ length: 20_000 }, (_, i) => digest({ order: `order-${i}` }))
  expect(new Set(near).size).toBe(near.length)
})

test('hashes are whole numbers of 32 bits, and spread over all of them', () => {
  const buckets = new Array<number>(16).fill(0)
  for (let i = 0; i < 16_000; i++) {
    const hash = hash32(`site/${i}`)
    expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true)
    buckets[hash >>> 28] = (buckets[hash >>> 28] as number) + 1
  }
  for (const count of buckets) expect(Math.abs(count - 1_000)).toBeLessThan(200)
})
