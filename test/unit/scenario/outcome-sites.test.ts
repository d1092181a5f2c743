import { expect, it } from 'vitest'
import type { OutcomeKind } from '../../../src/core/outcome.js'
import { isHonest } from '../../../src/scenario/relation/outcome-sites.js'
import type { TrialResult } from '../../../src/scenario/trial-result.js'
import { settled } from '../check/history-of.js'

const ended = (reason: string, outcome: OutcomeKind = 'ok'): TrialResult =>
  ({ reason, status: 'failed', events: [settled('t1.c0', outcome)] }) as unknown as TrialResult
const isExcused = (changed: TrialResult): boolean => !isHonest(ended('stop'), changed)

it('a run that dies once may run out of time or tokens, and may not know what became of a call', () => {
  expect(['deadline', 'budget-exhausted'].map((reason) => isExcused(ended(reason)))).toEqual([true, true])
  expect(isExcused(ended('stop', 'unknown'))).toBe(true)
})

it('and may end for no other reason, whatever that is called', () => {
  const others = ['max-turns', 'max-corrections', 'context-exhausted', 'repeated-calls', 'rate-limited', 'sometimes']
  expect(others.filter((reason) => isExcused(ended(reason)))).toEqual([])
})
