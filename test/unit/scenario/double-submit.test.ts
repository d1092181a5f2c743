/** A task that is submitted twice: two runs of one session, of which the later one goes on. */

import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import travel from '../../../scenarios/travel.scenario.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { mutate } from '../../../src/mutant/registry.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { checkoutWith } from '../../mutant/scenarios/checkout-with.js'

async function twice(scenario: Scenario, gap: string, end = '60000') {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  const decisions = [
    ['run/submit', 'user/double-submit'],
    ['run/submit@gap', gap],
    ['storm-end', end],
  ] as const
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

describe.each([checkout, travel])('a $name that is submitted twice', (scenario) => {
  it.each(['0', '1', '1050'])('%s ms after it began has each effect once, and one end', async (gap) => {
    const result = await twice(scenario, gap)
    expect(result.faults['user/double-submit']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(result).toMatchObject({ status: 'completed', goal: true, violations: [] })
    const types = result.events.map(({ type }) => type)
    expect(types.filter((type) => type === 'run-resume')).toHaveLength(1)
    expect(types.filter((type) => type === 'run-end')).toHaveLength(1)
    expect(types).not.toContain('crash')
  })

  it('after its end is run no more', async () => {
    const { faults } = await twice(scenario, '60000')
    expect(faults['user/double-submit']).toEqual({ planned: 1, injected: 0, landed: 0 })
  })
})

it('a run that tries again under another key does twice what was submitted twice', async () => {
  const broken = checkoutWith('twice', (agent) => mutate('key-per-attempt', agent))
  const { violations } = await twice(broken, '1050')
  expect(violations.map(({ invariant }) => invariant)).toContain('key-stability')
})
