/** The measure of the tool test: every planted bug is found at the default budget and told in three calls at most; right tools are left in peace. */

import { expect, test } from 'vitest'
import { checkTool } from '../../../../src/tool.js'
import { planted as first } from './broken.js'
import { plantedLater } from './broken-later.js'
import { right } from './right.js'

const planted = [...first, ...plantedLater]

test('every clause has two planted bugs at least', () => {
  const counts = new Map<string, number>()
  for (const { clause } of planted) counts.set(clause, (counts.get(clause) ?? 0) + 1)
  expect(counts.size).toBe(16)
  expect([...counts].filter(([, count]) => count < 2)).toEqual([])
  expect(planted.length).toBeGreaterThanOrEqual(24)
  expect(right.length).toBeGreaterThanOrEqual(12)
})

test.each(planted)('$clause: a tool that $says', async ({ tool, options, clause }) => {
  const card = await checkTool<any, any>(tool, { ...options, name: 'planted' })
  const { verdict, witness, told } = card.clauses[clause]
  expect({ verdict, told }).toEqual({ verdict: 'invalid', told: expect.any(String) })
  // What comes after is how it should have been.
  const after = witness.indexOf('one after the other:')
  const calls = (after < 0 ? witness : witness.slice(0, after)).filter((line) =>
    /^(∥ )?(planted|compensate)\(/.test(line),
  )
  expect(calls.length, witness.join('\n')).toBeGreaterThanOrEqual(1)
  expect(calls.length, witness.join('\n')).toBeLessThanOrEqual(3)
})

test.each(right)('nothing is said against a tool that $says', async ({ tool, options }) => {
  const card = await checkTool<any, any>(tool, { ...options, name: 'right' })
  const against = Object.entries(card.clauses).filter(([, { verdict }]) => verdict === 'invalid')
  expect(against.map(([name, { told, witness }]) => [name, told, ...witness])).toEqual([])
  expect(card.verdict).toBe('valid')
})
