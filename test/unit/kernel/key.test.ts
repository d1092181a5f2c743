/** Storm keys are pinned: a release that changes one changes what every seed means. */

import { expect, test } from 'vitest'
import { stormKey } from '../../../src/kernel/key.js'

test('a key is a pure function of seed, scenario and number', () => {
  expect(stormKey('1', 'checkout', 0)).toBe(stormKey('1', 'checkout', 0))
  const keys = [
    stormKey('1', 'checkout', 0),
    stormKey('2', 'checkout', 0),
    stormKey('1', 'travel', 0),
    stormKey('1', 'checkout', 1),
    stormKey('', '', 0),
  ]
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toBe(key | 0)
})

test('the keys of known seeds never change', () => {
  expect([
    stormKey('1', 'checkout', 0),
    stormKey('1', 'checkout', 1),
    stormKey('ångström', 'x', 299),
  ]).toMatchInlineSnapshot(`
    [
      1710568412,
      246307294,
      -55945190,
    ]
  `)
})
