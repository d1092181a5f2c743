/** JSON values: what is one, their canonical text, their copies. */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, copy, isJson } from '../../../src/core/json.js'

const json = fc.jsonValue({ stringUnit: 'binary' })

/** The same value with the keys of all its objects in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, field]) => [key, reversed(field)]))
}

describe('isJson', () => {
  test('accepts every JSON value', () => {
    fc.assert(fc.property(json, (value) => isJson(value)))
  })

  test.each([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a big integer', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['an instance', new (class A {})()],
    ['a hole in a list', Array(2)],
    ['a field that is undefined', { a: { b: undefined } }],
  ])('refuses %s', (_, value) => {
    expect(isJson(value)).toBe(false)
  })

  test('accepts an object without prototype', () => {
    expect(isJson(Object.assign(Object.create(null), { a: 1 }))).toBe(true)
  })
})

describe('the canonical text', () => {
  test('reads back as the value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('is the same whatever the order of keys', () => {
    fc.assert(fc.property(json, (value) => canonical(reversed(value)) === canonical(value)))
    expect(canonical({ b: 1, a: { d: 2, c: [3] }, 10: 4, 9: 5 })).toBe('{"10":4,"9":5,"a":{"c":[3],"d":2},"b":1}')
  })

  test('is equal only for equal values', () => {
    const near = [
      0,
      '0',
      [0],
      [[0]],
      { 0: 0 },
      { 0: '0' },
      null,
      'null',
      [],
      {},
      [null],
      ['a', 'b'],
      ['a,b'],
      { a: 'b' },
      '{"a":"b"}',
      true,
      'true',
    ]
    expect(new Set(near.map(canonical)).size).toBe(near.length)
    fc.assert(
      fc.property(json, json, (one, other) => {
        const equal = isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)))
        expect(canonical(one) === canonical(other)).toBe(equal)
      }),
    )
  })

  test('treats what JSON cannot say as JSON does', () => {
    expect(canonical({ a: undefined, b: Number.NaN, c: [undefined, () => 1], d: new Date(0) })).toBe(
      '{"b":null,"c":[null,null],"d":"1970-01-01T00:00:00.000Z"}',
    )
    expect([canonical(undefined), canonical(null)]).toEqual(['null', 'null'])
  })
})

describe('a copy', () => {
  test('equals the value, and shares nothing with it', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(copy(value)).toEqual(value)
      }),
    )
    const value = { list: [{ a: 1 }], text: 't' }
    const copied = copy(value)
    expect(copied).not.toBe(value)
    expect(copied.list).not.toBe(value.list)
    expect(copied.list[0]).not.toBe(value.list[0])
  })

  test('keeps a field named __proto__ as a field', () => {
    const sent = JSON.parse('{"__proto__":{"admin":true},"a":1}')
    const copied = copy(sent)
    expect(canonical(copied)).toBe('{"__proto__":{"admin":true},"a":1}')
    expect(Object.getPrototypeOf(copied)).toBe(Object.prototype)
  })

  test('keeps what structured cloning keeps: dates, maps, bytes', () => {
    const value = { at: new Date(5), map: new Map([['a', [1]]]), bytes: new Uint8Array([1, 2]) }
    const copied = copy(value)
    expect(copied).toEqual(value)
    expect(copied.map).not.toBe(value.map)
  })
})
