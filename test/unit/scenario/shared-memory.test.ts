/** A team one of whom finds in its memory what another has learnt: it is told as found, and who takes it for its own is seen. */

import { describe, expect, it } from 'vitest'
import newsroom from '../../../scenarios/newsroom.scenario.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { mutate } from '../../../src/mutant/registry.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { newspaperOf } from '../../mutant/scenarios/newsroom.js'

const fault = 'subagent/shared-memory'
/** The second search of the parent comes after both members have done their work. */
const searching = (scope: string): readonly Pair[] => [
  ['memory.search~1', fault],
  ['memory.search@scope', scope],
]

async function met(scenario: Scenario, decisions: readonly Pair[]) {
  const { events, faults, violations, goal } = await runTrial(scenario, {
    source: replaySource(decisions),
    keepGoing: true,
  })
  const read = events.findLast((event) => event.type === 'memory-read' && event.turn === 2)
  const shown = events.findLast((event) => event.type === 'prompt-received' && event.turn === 2)
  return {
    counts: faults[fault],
    broken: violations.map(({ invariant, clause }) => `${invariant}(${clause})`),
    goal,
    /** What it read that it did not write. */
    items: read?.type === 'memory-read' ? read.items.filter(({ id }) => id.includes('/t1.c')) : [],
    shown: JSON.stringify(shown?.type === 'prompt-received' ? shown.messages : []),
  }
}

const whole = { planned: 1, injected: 1, landed: 1 }

describe('a parent finds what its subagents have learnt', () => {
  it.each([
    ['episodic', 'm1', 'has nothing to add'],
    ['semantic', 'm2', 'story of the'],
  ])('what they keep %s, and it is told as found in the store', async (scope, id, text) => {
    const { counts, broken, goal, items, shown } = await met(newsroom, searching(scope))
    expect([counts, broken, goal]).toEqual([whole, [], true])
    const found = {
      version: expect.any(Number),
      origin: 'store',
      trust: 'untrusted',
      text: expect.stringContaining(text),
    }
    for (const member of ['t1.c0', 't1.c1'])
      expect(items).toContainEqual({ ...found, id: expect.stringContaining(`${member}/${id}`) })
    expect(shown).toContain(text)
  })

  it('and nothing of theirs where each has a memory of its own', async () => {
    const { counts, items } = await met(newsroom, [])
    expect([counts, items]).toEqual([undefined, []])
  })

  it('an agent that takes it for its own is seen', async () => {
    const forgetful = newspaperOf('paper', (agent) => mutate('memory-of-nobody', agent))
    expect((await met(forgetful, [])).broken).toEqual([])
    expect(await met(forgetful, searching('semantic'))).toMatchObject({ counts: whole, broken: ['memory-order(d)'] })
  })
})

it('a subagent finds what its sibling has learnt so far', async () => {
  const { counts, broken, goal } = await met(newsroom, [
    ['t1.c1/memory.search~2', fault],
    ['t1.c1/memory.search@scope', 'semantic'],
  ])
  expect([counts, broken, goal]).toEqual([whole, [], true])
})
