import { describe, expect, it } from 'vitest'
import type { Mutant } from '../../src/mutant/mutant.js'
import { mutants } from '../../src/mutant/registry.js'
import { decisionsOf, firstStorm, hunt, mostTrials, replay } from './hunt.js'
import { preserves, scenarios } from './preserves.js'

const seed = 'mutants'
const single = mutants.filter(({ killedBy }) => !killedBy.includes('determinism'))
const named = (name: string): Mutant => mutants.find((mutant) => mutant.name === name)!
const scenarioOf = (mutant: Mutant) => preserves[mutant.name]!((agent) => mutant.change(agent, () => 0))
const soundOf = (mutant: Mutant) => preserves[mutant.name]!((agent) => agent)

describe.each(single)('$name', (mutant) => {
  const wanted = mutant.killedBy[0]!

  it('is found within 1,000 trials, shrunk to two decisions at most, and replays from its token', async () => {
    const { finding, trials } = await hunt(scenarioOf(mutant), wanted, seed)
    if (!finding) throw expect.unreachable(`${wanted} was not broken in ${trials} trials`)
    expect(trials).toBeLessThanOrEqual(mostTrials)
    expect(finding.decisions.length).toBeLessThanOrEqual(2)
    const decisions = decisionsOf(finding.token)
    expect(decisions).toEqual(finding.decisions)
    const runs = [await replay(scenarioOf(mutant), decisions), await replay(scenarioOf(mutant), decisions)]
    for (const run of runs) expect(run.violations[0]).toEqual(finding.violation)
    expect(runs[1]!.fingerprint).toBe(runs[0]!.fingerprint)
    expect((await replay(soundOf(mutant), decisions)).violations).toEqual([])
  })

  it('is found by storms alone', async () => {
    const storm = await firstStorm(scenarioOf(mutant), ({ invariant }) => invariant === wanted, seed, mostTrials)
    expect(storm).toBeDefined()
  })
})

describe('commit-per-result', () => {
  const decisions = [['payments.charge#t1.c0/a1', 'tool/error']] as const

  it('breaks each invariant it names, the second behind the first', async () => {
    const { killedBy } = named('commit-per-result')
    const { violations } = await replay(scenarioOf(named('commit-per-result')), decisions, true)
    expect(violations.map(({ invariant }) => invariant)).toEqual(expect.arrayContaining([...killedBy]))
    expect((await replay(soundOf(named('commit-per-result')), decisions, true)).violations).toEqual([])
  })
})

describe('the runtime itself', () => {
  it.each(scenarios.map((preserve) => preserve((agent) => agent)))(
    'keeps every promise in 100 storms of $name',
    async (scenario) => {
      expect(await firstStorm(scenario, () => true, seed, 100)).toBeUndefined()
    },
  )
})
