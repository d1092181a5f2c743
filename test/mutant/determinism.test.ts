import { expect, it } from 'vitest'
import { runCampaign } from '../../src/explore/campaign.js'
import { localHands } from '../../src/explore/local-hands.js'
import type { AmbientChance } from '../../src/mutant/mutant.js'
import { mutate } from '../../src/mutant/registry.js'
import { preserves } from './preserves.js'

/** Chance that outlives a run, as `Math.random` does: every draw is another one. */
function ambient(): AmbientChance {
  let draws = 0
  return (bound) => draws++ % bound
}

function campaign(chance: AmbientChance) {
  const scenario = preserves['ambient-jitter']!((agent) => mutate('ambient-jitter', agent, chance))
  return runCampaign({
    scenario: { name: scenario.name, file: '', breaks: [] },
    hands: [localHands([scenario])],
    seed: 'mutants',
    preset: 'hostile',
    trials: 60,
    now: () => 0,
    batch: 16,
  })
}

it('jitter from outside the run is found by running a storm twice, and the first difference is shown', async () => {
  const record = await campaign(ambient())
  expect(record.result).toBe('nondeterministic')
  expect(record.invariants.find(({ name }) => name === 'determinism')).toMatchObject({ broken: 1 })
  const difference = record.nondeterminism!
  expect(difference.first).not.toBe(difference.second)
  expect(difference.first).toContain('delayMs')
})

it('the same mutant with chance that is the same in every run is as repeatable as the runtime', async () => {
  const record = await campaign(() => 7)
  expect(record.nondeterminism).toBeUndefined()
  expect(record.storms).toBe(60)
  expect(record.invariants.find(({ name }) => name === 'determinism')).toMatchObject({ broken: 0, group: 'tested' })
})
