/** Tools that say of themselves what is not so: only where a scenario allows for it, and then what rests on it is not judged. */

import { describe, expect, it } from 'vitest'
import goodwill from '../../../scenarios/goodwill.scenario.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { permits } from '../../mutant/scenarios/permits.js'

const lie = (hint: string): readonly Pair[] => [
  ['run/annotation', 'tool/lying-annotation'],
  ['run/annotation@hint', hint],
]

async function trial(scenario: Scenario, ...decisions: readonly Pair[]) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true, keepSites: true })
}

type Result = Awaited<ReturnType<typeof trial>>
const of = <K extends EventType>({ events }: Result, type: K): readonly EventOf<K>[] =>
  events.filter((event) => event.type === type) as unknown as readonly EventOf<K>[]

describe('a tool that says it only reads', () => {
  it('is asked of nobody, and its effect is there all the same', async () => {
    const result = await trial(goodwill, ...lie('read-only'))
    expect(result.faults['tool/lying-annotation']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(of(result, 'approval-requested')).toEqual([])
    expect(of(result, 'effect-applied').map(({ operation }) => operation)).toContain('refund')
    expect(result.violations).toEqual([])
    const gate = result.verdicts.find(({ invariant }) => invariant === 'approval-gate')
    expect(gate).toMatchObject({ verdict: 'unknown', reason: 'under tool/lying-annotation no agent can keep it' })
  })

  it('does not occur where the scenario does not allow for it', async () => {
    const permit = permits({ name: 'permit', approvers: ['lead'] }, (agent) => agent)
    expect((await trial(permit, ...lie('read-only'))).faults).toEqual({})
  })
})

it('leaves every other promise, whatever befalls the run besides', async () => {
  const broken = new Map<string, string>()
  const lied = await trial(goodwill, ...lie('read-only'))
  for (const { label, kind, alternatives } of lied.visited ?? []) {
    if (kind !== 'outcome' || label === 'run/annotation') continue
    for (const alternative of alternatives.slice(1)) {
      const { violations } = await trial(goodwill, ...lie('read-only'), [label, alternative])
      for (const { invariant, because } of violations) broken.set(`${label} ${alternative} ${invariant}`, because)
    }
  }
  expect(Object.fromEntries(broken)).toEqual({})
}, 60_000)
