/** Each relation between two trials is broken by somebody, and by nobody who is right. */

import type { Scenario } from 'stormproof'
import { describe, expect, it } from 'vitest'
import type { Agent } from '../../src/agent/agent.js'
import { findInvariant } from '../../src/check/registry.js'
import { mutate } from '../../src/mutant/registry.js'
import { relations } from '../../src/scenario/relation/registry.js'
import { replay } from './hunt.js'
import { preserves } from './preserves.js'
import { listener } from './scenarios/listener.js'

interface Kill {
  readonly invariant: string
  readonly clause: string
  readonly broken: Scenario
  readonly sound: Scenario
}

const sound = <T>(agent: Agent<T>): Agent<T> => agent
const killOf = (mutant: string, invariant: string, clause: string, where = preserves[mutant]!): Kill => ({
  ...{ invariant, clause },
  broken: where((agent) => mutate(mutant, agent)),
  sound: where(sound),
})
const letter = preserves['lax-args']!

/** By the name of the relation. */
const kills: Readonly<Record<string, Kill>> = {
  'crash-anywhere': killOf('resumed-run-says-so', 'resume-equivalence', 'c', letter),
  'permute-completions': killOf('answer-names-first-result', 'result-order', 'b'),
  'suspend-or-inline': killOf('resumed-run-says-so', 'resume-equivalence', 'd'),
  chunking: {
    ...{ invariant: 'stream-integrity', clause: 'e' },
    broken: listener('by-the-chunk', 'chunks'),
    sound: listener('by-the-frame', 'frames'),
  },
  'alone-or-beside': killOf('runs-counted-in-module', 'session-isolation', 'c'),
  'redelivered-run': killOf('resumed-run-says-so', 'resume-equivalence', 'c', letter),
}

/** Each place in the run comes up, as none of these has more things to change. */
const places = Array.from({ length: 25 }, (_, index) => String(index * 40))

async function brokenBy(relation: string, scenario: Scenario) {
  const runs = places.map((place) =>
    replay(scenario, [
      ['run/relation', relation],
      ['run/relation@place', place],
    ]),
  )
  return (await Promise.all(runs)).map(({ violations, events }) => {
    return { violations, isCompared: events.some(({ type }) => type === 'trials-compared') }
  })
}

it('every relation has somebody who breaks it', () => {
  expect(Object.keys(kills).sort()).toEqual(relations.map(({ name }) => name).sort())
})

describe.each(Object.entries(kills))('%s', (relation, { invariant, clause, broken, sound }) => {
  it('is broken by whoever lets the change be seen, and by that alone', async () => {
    const found = (await brokenBy(relation, broken)).flatMap(({ violations }) => violations)
    expect(found).not.toEqual([])
    for (const violation of found) expect(violation).toMatchObject({ invariant, clause })
    expect(findInvariant(invariant)?.clauses).toHaveProperty(clause)
  })

  it('holds for the same without the fault', async () => {
    const trials = await brokenBy(relation, sound)
    expect(trials.flatMap(({ violations }) => violations)).toEqual([])
    expect(trials.some(({ isCompared }) => isCompared)).toBe(true)
  })
})
