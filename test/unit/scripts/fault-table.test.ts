/** The table of faults adds the suites up, and names what made no difference anywhere. */

import { expect, test } from 'vitest'
import { absent, faultTable } from '../../../scripts/fault-table.js'
import { beyond } from '../../../src/sim/fault/beyond.js'
import { faults } from '../../../src/sim/fault/registry.js'

const catalogue = ['model/lost', 'tool/error', 'tool/hang']
const lines = (text: string): readonly string[] => text.trimEnd().split('\n')

test('each fault has a line under its family, with the sums over all suites', () => {
  const { text, neverLanded } = faultTable(catalogue, [
    { 'tool/error': { planned: 3, injected: 2, landed: 1 }, 'model/lost': { planned: 1, injected: 1, landed: 1 } },
    { 'tool/error': { planned: 10, injected: 10, landed: 9 }, 'tool/hang': { planned: 5, injected: 5, landed: 2 } },
  ])
  expect(lines(text).map((line) => line.trim().split(/\s+/))).toEqual([
    ['planned', 'injected', 'landed'],
    ['model', '1', '1', '1'],
    ['model/lost', '1', '1', '1'],
    ['tool', '18', '17', '12'],
    ['tool/error', '13', '12', '10'],
    ['tool/hang', '5', '5', '2'],
  ])
  expect(neverLanded).toEqual([])
})

test('what never landed is marked: planned in vain, or not planned at all', () => {
  const { text, neverLanded } = faultTable(catalogue, [
    { 'tool/error': { planned: 4, injected: 4, landed: 0 }, 'tool/hang': { planned: 1, injected: 1, landed: 1 } },
  ])
  expect(neverLanded).toEqual(['model/lost', 'tool/error'])
  expect(lines(text).filter((line) => line.endsWith('never landed'))).toHaveLength(3)
})

test('what a suite counts beyond the catalogue, a fault of a user, has no line', () => {
  const { text } = faultTable(catalogue, [{ 'shop/sold-out': { planned: 1, injected: 1, landed: 1 } }])
  expect(text).not.toContain('sold-out')
})

test('what the catalogue names and nobody can meet is told with its reason, and met as something that there is', () => {
  const names = faults.map(({ name }) => name)
  expect(beyond.map(({ name }) => name)).toEqual(['store/torn', 'clock/dst'])
  expect(lines(absent(beyond))).toHaveLength(beyond.length)
  for (const { name, why, instead } of beyond) {
    expect(absent(beyond)).toContain(` · no ${name}: ${why} Met as ${instead.join(', ')}.`)
    expect(names).not.toContain(name)
    expect(names).toEqual(expect.arrayContaining([...instead]))
  }
})
