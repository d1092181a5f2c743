import { describe, expect, it } from 'vitest'
import { judge } from '../../src/check/judge.js'
import { invariants } from '../../src/check/registry.js'
import type { History } from '../../src/core/history.js'
import type { Mutant } from '../../src/mutant/mutant.js'
import { mutants } from '../../src/mutant/registry.js'
import type { TrialResult } from '../../src/scenario/trial-result.js'
import { isNightly } from '../keeps-all.js'
import { decisionsOf, firstStorm, hunt, mostTrials, type Prey, replay } from './hunt.js'
import { preserves, scenarios } from './preserves.js'

const seed = '2'
/** A relation is broken by two runs: see the test of determinism. */
const relations = new Set(invariants.flatMap(({ name, relation }) => (relation ? [name] : [])))
const pairs = mutants.flatMap((mutant) =>
  mutant.killedBy.flatMap((wanted) => (relations.has(wanted) ? [] : [{ name: mutant.name, wanted, mutant }])),
)
const scenarioOf = (mutant: Mutant) => preserves[mutant.name]!((agent) => mutant.change(agent, () => 0))
const soundOf = (mutant: Mutant) => preserves[mutant.name]!((agent) => agent)

const hunts = new Map<string, Promise<Prey>>()
function preyOf({ name, wanted, mutant }: (typeof pairs)[number]): Promise<Prey> {
  const key = `${name} ${wanted}`
  const known = hunts.get(key) ?? hunt(scenarioOf(mutant), wanted, seed)
  hunts.set(key, known)
  return known
}

const brokenIn = ({ violations }: TrialResult): readonly string[] => violations.map(({ invariant }) => invariant)

describe.each(pairs)('$name by $wanted', (pair) => {
  const { mutant, wanted } = pair

  it('is found within 1,000 trials, shrunk to three decisions at most, and replays from its token', async () => {
    const { finding, trials } = await preyOf(pair)
    if (!finding) throw expect.unreachable(`${wanted} was not broken in ${trials} trials`)
    expect(trials).toBeLessThanOrEqual(mostTrials)
    expect(finding.decisions.length).toBeLessThanOrEqual(3)
    const decisions = decisionsOf(finding.token)
    expect(decisions).toEqual(finding.decisions)
    const runs = [await replay(scenarioOf(mutant), decisions), await replay(scenarioOf(mutant), decisions)]
    for (const run of runs) expect(run.violations).toContainEqual(finding.violation)
    expect(runs[1]!.fingerprint).toBe(runs[0]!.fingerprint)
    expect(brokenIn(await replay(soundOf(mutant), decisions))).toEqual([])
  }, 120_000)

  if (isNightly)
    it('is found by storms alone', async () => {
      expect(await firstStorm(scenarioOf(mutant), (invariant) => invariant === wanted, seed, mostTrials)).toBeDefined()
    })
})

it('nine mutants in ten are shrunk to two decisions', async () => {
  const sizes = await Promise.all(pairs.map(async (pair) => (await preyOf(pair)).finding?.decisions.length ?? 9))
  expect(sizes.filter((size) => size <= 2).length).toBeGreaterThanOrEqual(sizes.length * 0.9)
}, 300_000)

describe('the catalogue without one invariant', () => {
  const historiesOf = ({ events, beside, facts, ending }: TrialResult): readonly History[] =>
    [events, ...beside].map((one) => ({ events: one, facts, truncated: ending === 'steps' || ending === 'time' }))

  it('lets a mutant live, whichever is missing; whole, it lets none', async () => {
    const kills = await Promise.all(
      pairs.map(async (pair) => {
        const { finding } = await preyOf(pair)
        return { ...pair, histories: historiesOf(await replay(scenarioOf(pair.mutant), finding?.decisions ?? [])) }
      }),
    )
    const survivors = (without?: string): readonly string[] => {
      const checks = invariants.filter(({ name }) => name !== without)
      return kills.flatMap(({ name, wanted, histories }) => {
        const verdicts = histories.flatMap((history) => judge(history, checks))
        const isBroken = verdicts.some(({ invariant, verdict }) => invariant === wanted && verdict === 'invalid')
        return isBroken ? [] : [name]
      })
    }
    expect(survivors()).toEqual([])
    for (const { name } of invariants)
      if (!relations.has(name))
        expect({ name, survivors: survivors(name).length > 0 }).toEqual({ name, survivors: true })
  }, 240_000)
})

describe('the runtime itself', () => {
  it.each(scenarios.map((preserve) => preserve((agent) => agent)))(
    'keeps every promise in 100 storms of $name',
    async (scenario) => {
      expect(await firstStorm(scenario, () => true, seed, 100)).toBeUndefined()
    },
  )
})
