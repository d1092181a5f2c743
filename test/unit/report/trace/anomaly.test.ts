/** Each detector fires exactly when its predicate holds. Cites seed-192, 193, 194. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogEvent } from '../../../../src/core/event.js'
import { type Anomaly, anomaliesOf, likeness, usualThresholds } from '../../../../src/report/trace/anomaly.js'
import { modelEnded, opened, rejected, runStart, settled } from './sample-log.js'

interface Step {
  readonly tool: string
  readonly query: string
  readonly ending: 'ok' | 'failed' | 'rejected'
  readonly tokens: number
}

/** A session with one call a turn, its prompt as large as the step says. */
const sessionOf = (steps: readonly Step[], goal = 'go'): readonly LogEvent[] => [
  runStart(0, goal),
  ...steps.flatMap(({ tool, query, ending, tokens }, index): LogEvent[] => {
    const turn = index + 1
    return [
      { type: 'context-built', turn, segments: [], tokens, limit: 100 },
      { type: 'model-call-start', turn, attempt: 1 },
      modelEnded(turn, tokens, 1, 0),
      opened(turn, [tool], 0, [{ query }]),
      ending === 'rejected' ? rejected(turn, 0) : settled(turn, 0, ending, 0),
    ]
  }),
]

const kinds = (log: readonly LogEvent[], thresholds = {}): readonly Anomaly['kind'][] =>
  anomaliesOf(log, { ...usualThresholds, ...thresholds }).map(({ kind }) => kind)

const step = fc.record({
  tool: fc.constantFrom('find', 'pay'),
  query: fc.constantFrom('red shoes', 'blue shoes', 'a completely different thing'),
  ending: fc.constantFrom('ok' as const, 'failed' as const, 'rejected' as const),
  tokens: fc.integer({ min: 0, max: 100 }),
})

describe('seed-193: an anomaly fires iff its predicate holds', () => {
  const cost = { perInput: 1e6, perOutput: 0, budget: 120 }
  const predicates: Readonly<Record<string, (steps: readonly Step[]) => boolean>> = {
    turns: (steps) => steps.length > 15,
    'error-rate': (steps) => steps.filter(({ ending }) => ending !== 'ok').length / Math.max(1, steps.length) > 0.5,
    'repeated-calls': (steps) =>
      steps.some((one) => steps.filter(({ tool, query }) => tool === one.tool && query === one.query).length >= 3),
    confusion: (steps) => steps.filter(({ ending }) => ending === 'rejected').length >= 3,
    context: (steps) => steps.some(({ tokens }) => tokens > 70),
    cost: (steps) => steps.reduce((sum, { tokens }) => sum + tokens, 0) > 120,
  }

  it.each(Object.entries(predicates))('%s', (kind, holds) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        expect(kinds(sessionOf(steps), { cost }).includes(kind as Anomaly['kind'])).toBe(holds(steps))
      }),
      { seed: 1 },
    )
  })

  it('without prices nothing costs', () => {
    expect(kinds(sessionOf([{ tool: 'find', query: 'a', ending: 'ok', tokens: 60 }]))).toEqual([])
  })
})

describe('seed-194: a model that goes round in circles', () => {
  const calls = (...queries: string[]) =>
    queries.map((query) => ({ tool: 'find', query, ending: 'ok' as const, tokens: 1 }))

  it('obsession: the same tool with slightly different inputs, which no two calls repeat', () => {
    const variants = calls(
      'red running shoes size 41',
      'red running shoes size 42',
      'red running shoes size 43',
      'red running shoe size 44',
    )
    expect(kinds(sessionOf(variants))).toEqual(['obsession'])
    expect(kinds(sessionOf(calls('red shoes', 'opening hours', 'how to return a parcel', 'gift cards')))).toEqual([])
  })

  it('goal drift: calls that have nothing to do with the goal any more', () => {
    const goal = 'Find red running shoes'
    const drifting = calls('red shoes', 'weather in Oslo', 'capital of Peru', 'history of tea')
    expect(kinds(sessionOf(drifting, goal))).toEqual(['goal-drift'])
    expect(kinds(sessionOf([...drifting, ...calls('running shoes')], goal))).toEqual([])
    expect(kinds(sessionOf(drifting.slice(1), goal))).toEqual([])
  })

  it('likeness is 1 for equal texts alone, the same both ways, and never outside 0 to 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const value = likeness(one, other)
        expect(value === 1).toBe(one === other)
        expect(value).toBe(likeness(other, one))
        expect(value >= 0 && value <= 1).toBe(true)
      }),
    )
  })
})
