/** The tape: what is asked of the source, and what is kept of its answers. */

import { describe, expect, test } from 'vitest'
import { hash32 } from '../../../src/core/digest.js'
import { Fingerprint } from '../../../src/kernel/fingerprint.js'
import { type Source, simplest } from '../../../src/kernel/source.js'
import { Tape } from '../../../src/kernel/tape.js'

const outcomes = ['ok', 'error', 'lost'] as const

/** A source that answers the same index everywhere, and notes what it was asked. */
function always(index: number): Source & { readonly asked: unknown[][] } {
  const asked: unknown[][] = []
  return {
    asked,
    pick: (...question) => {
      asked.push(question)
      return Math.min(index, question[3].length - 1)
    },
    below: (...question) => {
      asked.push(question)
      return Math.min(index, question[2] - 1)
    },
  }
}

const tapeOf = (source: Source, keepSites = false, position: () => number = () => 0): Tape =>
  new Tape(source, new Fingerprint(), position, keepSites)

describe('a tape', () => {
  test('asks the source with the label, its hash, the kind and all alternatives', () => {
    const source = always(0)
    tapeOf(source).pick('shop.refund#t1.c0/a1', 'outcome', outcomes)
    expect(source.asked).toEqual([['shop.refund#t1.c0/a1', hash32('shop.refund#t1.c0/a1'), 'outcome', outcomes]])
  })

  test('keeps a decision by the name of its alternative, and where in the history it was made', () => {
    let events = 4
    const tape = tapeOf(always(2), false, () => events)
    expect(tape.pick('a', 'outcome', outcomes)).toBe(2)
    events = 9
    expect(tape.below('b', 100)).toBe(2)
    expect(tape.decisions).toEqual([
      { label: 'a', kind: 'outcome', alternative: 'lost', seq: 4 },
      { label: 'b', kind: 'data', alternative: '2', seq: 9 },
    ])
  })

  test('keeps nothing of the simplest choice', () => {
    const tape = tapeOf(simplest)
    expect([tape.pick('a', 'time', outcomes), tape.below('b', 10)]).toEqual([0, 0])
    expect(tape.decisions).toEqual([])
  })

  test('gives a label met again an ordinal within itself', () => {
    const tape = tapeOf(always(1))
    for (const label of ['a', 'b', 'a', 'a']) tape.pick(label, 'outcome', outcomes)
    expect(tape.decisions.map(({ label }) => label)).toEqual(['a', 'b', 'a~1', 'a~2'])
  })

  test('asks nobody where there is only one alternative', () => {
    const source = always(1)
    const tape = tapeOf(source, true)
    expect([tape.pick('a', 'outcome', ['ok']), tape.below('b', 1)]).toEqual([0, 0])
    expect([source.asked, tape.visited, tape.decisions]).toEqual([[], [], []])
  })

  test('is silent in the calm after the storm', () => {
    const source = always(2)
    const tape = tapeOf(source, true)
    tape.calm = true
    expect([tape.pick('a', 'outcome', outcomes), tape.below('b', 10)]).toEqual([0, 0])
    expect([source.asked, tape.visited, tape.decisions]).toEqual([[], [], []])
  })

  test('lists the sites it reached only when asked to', () => {
    const tape = tapeOf(simplest, true, () => 3)
    tape.pick('a', 'outcome', outcomes)
    expect(tape.visited).toEqual([{ label: 'a', kind: 'outcome', alternatives: outcomes, seq: 3 }])
    expect(tapeOf(simplest).visited).toBeUndefined()
  })
})

describe('a fingerprint', () => {
  function afterPicks(...picks: readonly (readonly [label: string, index: number])[]): string {
    const fingerprint = new Fingerprint()
    for (const [label, index] of picks) new Tape(always(index), fingerprint, () => 0).pick(label, 'outcome', outcomes)
    return fingerprint.text
  }

  test('is equal for equal decisions', () => {
    expect(afterPicks(['a', 1], ['b', 2])).toBe(afterPicks(['a', 1], ['b', 2]))
  })

  test('tells apart the label, the alternative, the order and the number of decisions', () => {
    const variants = [
      afterPicks(),
      afterPicks(['a', 1]),
      afterPicks(['a', 2]),
      afterPicks(['b', 1]),
      afterPicks(['a', 1], ['b', 1]),
      afterPicks(['b', 1], ['a', 1]),
      afterPicks(['a', 1], ['a', 1]),
    ]
    expect(new Set(variants).size).toBe(variants.length)
  })

  test('does not know of choices that were the simplest', () => {
    expect(afterPicks(['a', 0], ['b', 1])).toBe(afterPicks(['b', 1]))
  })

  test('is eight hex digits, from the beginning', () => {
    expect(new Fingerprint().text).toBe('811c9dc5')
    const mixed = new Fingerprint()
    for (const value of [1, -1, 2 ** 31, 0]) mixed.mix(value)
    expect(mixed.text).toMatch(/^[0-9a-f]{8}$/)
  })
})
