/** The error base: known by its brand, whichever copy of the package made it. */

import { expect, test } from 'vitest'
import { isStormproofError, StormproofError } from '../../../src/core/error.js'

test('an error says what came, and what to do', () => {
  const cause = new Error('below')
  const error = new StormproofError('config', 'a number was expected, but "x" came', {
    remedy: 'write a number',
    cause,
  })
  expect(error).toMatchObject({ name: 'StormproofError', code: 'config', remedy: 'write a number', cause })
  expect(error.message).toBe('a number was expected, but "x" came')
  expect(error).toBeInstanceOf(Error)
})

test('remedy and cause may be missing', () => {
  const error = new StormproofError('internal', 'a bug of ours')
  expect([error.remedy, 'cause' in error]).toEqual([undefined, false])
})

test('an error of another copy of the package is known by its brand', () => {
  const copied = Object.assign(new Error('theirs'), { [Symbol.for('stormproof.error')]: true })
  expect(isStormproofError(copied)).toBe(true)
  expect(isStormproofError(new StormproofError('usage', 'x'))).toBe(true)
})

test.each([[undefined], [null], ['text'], [new Error('other')], [{}], [{ [Symbol.for('stormproof.error')]: 'yes' }]])(
  '%s is none',
  (value) => {
    expect(isStormproofError(value)).toBe(false)
  },
)
