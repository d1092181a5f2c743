/** Hunting a mutant: a campaign that ends at the first trial in which the wanted invariant broke, and the replay of its finding. */

import { expect } from 'vitest'
import { decodeToken } from '../../src/core/token.js'
import type { Violation } from '../../src/core/verdict.js'
import { runCampaign } from '../../src/explore/campaign.js'
import type { Pair } from '../../src/explore/hands.js'
import { localHands } from '../../src/explore/local-hands.js'
import { presetOf } from '../../src/explore/preset.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import type { FindingRecord } from '../../src/report/record.js'
import type { Scenario } from '../../src/scenario/define-scenario.js'
import { runTrial } from '../../src/scenario/run-trial.js'

export const mostTrials = 1_000
const preset = 'stormy'
/** Small, as a campaign ends between two batches. */
const batch = 16

export interface Prey {
  readonly finding: FindingRecord | undefined
  /** Trials up to the first that broke the invariant, the calm one included. */
  readonly trials: number
}

/** A calm day, single faults, then storms. */
export async function hunt(scenario: Scenario, invariant: string, seed: string): Promise<Prey> {
  const found = new AbortController()
  let trials = 0
  const record = await runCampaign({
    scenario: { name: scenario.name, file: '', breaks: [] },
    hands: [localHands([scenario])],
    seed,
    preset,
    trials: mostTrials,
    now: () => 0,
    batch,
    signal: found.signal,
    onTrial: ({ violations }) => {
      if (!found.signal.aborted) trials++
      if (trials >= mostTrials || violations[0]?.invariant === invariant) found.abort()
    },
  })
  return { finding: record.findings.find(({ violation }) => violation.invariant === invariant), trials }
}

/** Number of the first storm, of at most `most`, whose first violation is wanted. */
export async function firstStorm(
  scenario: Scenario,
  isWanted: (violation: Violation) => boolean,
  seed: string,
  most: number,
): Promise<number | undefined> {
  const { intended } = (await calmDay(scenario)).facts
  for (let storm = 1; storm <= most; storm++) {
    const source = openSource(scenario.name, stormJob(seed, presetOf(preset), storm))
    const [violation] = (await runTrial(scenario, { source, intended })).violations
    if (violation && isWanted(violation)) return storm
  }
  return undefined
}

/** What the decisions do to a scenario, with what its own calm day intends. */
export async function replay(scenario: Scenario, decisions: readonly Pair[], keepGoing = false) {
  const { intended } = (await calmDay(scenario)).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing })
}

const calmDay = (scenario: Scenario) => runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })

/** The decisions of a finding's token. */
export function decisionsOf(token: string): readonly Pair[] {
  const repro = decodeToken(token)
  if (!('decisions' in repro)) throw expect.unreachable('the token of a finding holds decisions')
  return repro.decisions
}
