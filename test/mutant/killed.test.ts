import { describe, expect, it } from 'vitest'
import { invariants } from '../../src/check/registry.js'
import { mutants } from '../../src/mutant/registry.js'
import { decisionsOf, hunt, replay } from './hunt.js'
import { preserves } from './preserves.js'

const seed = 'mutants'

describe.each(mutants.filter(({ killedBy }) => !killedBy.includes('determinism')))('$name', (mutant) => {
  const scenarioWith = preserves[mutant.name]!
  const mutated = scenarioWith((agent) => mutant.change(agent, () => 0))
  const sound = scenarioWith((agent) => agent)
  const [wanted, ...others] = mutant.killedBy

  it('is found within 1,000 trials, shrunk to two decisions at most, and replays from its token', async () => {
    const { finding, trials } = await hunt(mutated, wanted!, seed)
    if (!finding) throw expect.unreachable(`${wanted} was not broken in ${trials} trials`)
    console.log(mutant.name, trials, JSON.stringify(finding.decisions), finding.violation.clause, finding.violation.because)
    expect(trials).toBeLessThanOrEqual(1_000)
    expect(finding.decisions.length).toBeLessThanOrEqual(2)
    const decisions = decisionsOf(finding.token)
    expect(decisions).toEqual(finding.decisions)
    const runs = [await replay(mutated, decisions), await replay(mutated, decisions)]
    for (const run of runs) expect(run.violations[0]).toEqual(finding.violation)
    expect(runs[1]!.fingerprint).toBe(runs[0]!.fingerprint)
    expect((await replay(sound, decisions)).violations).toEqual([])
  })
})
