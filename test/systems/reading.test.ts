import { describe, expect, it } from 'vitest'
import { installShims } from '../../src/box/install.js'
import { openSource } from '../../src/explore/source-spec.js'
import { simplest } from '../../src/kernel/source.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { keepsAll } from '../keeps-all.js'

installShims()
const { default: research } = await import('../../scenarios/research.scenario.js')
const { reading } = await import('../mutant/scenarios/reading.js')

describe('an agent that reads more than it may show', () => {
  it('seed-142 seed-150: notes every book on a calm day, with references in place of what it read', async () => {
    const { status, goal, violations, problems, events, verdicts } = await runTrial(research, {
      source: simplest,
      calm: true,
      keepGoing: true,
    })
    expect({ status, goal, violations, problems }).toEqual({
      status: 'completed',
      goal: true,
      violations: [],
      problems: [],
    })
    expect(events.some((event) => event.type === 'context-compacted' && event.stubbed.length > 0)).toBe(true)
    for (const name of ['context-safe', 'memory-order']) {
      expect(verdicts.find(({ invariant }) => invariant === name)).toMatchObject({ verdict: 'valid', concerned: true })
    }
    expect(verdicts.find(({ invariant }) => invariant === 'context-safe')?.arose).toBeGreaterThan(0)
  })

  it('seed-139 seed-162: keeps every promise under each single fault and in storms', async () => {
    const scenario = reading('wide-reading', { history: 4_000, toolResults: 1_300 }, (agent) => agent)
    await keepsAll(scenario, { trials: 60, seed: 7 })
    for (let index = 1; index <= 40; index++) {
      const source = { kind: 'random', seed: 'reading', preset: 'stormy' } as const
      const result = await runTrial(research, {
        source: openSource(research.name, { origin: 'fresh', index, source }),
      })
      expect({ index, violations: result.violations }).toEqual({ index, violations: [] })
    }
  })
})
