/** Hunting a mutant: a campaign that ends at the first trial in which the wanted invariant broke, and the replay of its finding. */

import { expect } from 'vitest'
import { decodeToken } from '../../src/core/token.js'
import { runCampaign } from '../../src/explore/campaign.js'
import type { Pair } from '../../src/explore/hands.js'
import { localHands } from '../../src/explore/local-hands.js'
import { replaySource } from '../../src/explore/replay-source.js'
import type { FindingRecord } from '../../src/report/record.js'
import { type Scenario, scenarioOf } from '../../src/scenario/define-scenario.js'
import { runTrial } from '../../src/scenario/run-trial.js'

const mostTrials = 1_000
/** Small, as a campaign ends between two batches. */
const batch = 16

export interface Prey {
  readonly finding: FindingRecord | undefined
  /** Trials up to the first that broke the invariant, the calm one included. */
  readonly trials: number
}

export async function hunt(scenario: Scenario, invariant: string, seed: string): Promise<Prey> {
  const found = new AbortController()
  let trials = 0
  const record = await runCampaign({
    scenario: { name: scenario.name, file: '', breaks: [] },
    hands: [localHands([scenario])],
    seed,
    preset: scenarioOf(scenario).preset ?? 'stormy',
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

/** What the decisions do to a scenario, from its own calm day. */
export async function replay(scenario: Scenario, decisions: readonly Pair[], keepGoing = false) {
  const calm = await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })
  return runTrial(scenario, { source: replaySource(decisions), intended: calm.facts.intended, keepGoing })
}

/** The decisions of a token. */
export function decisionsOf(token: string): readonly Pair[] {
  const repro = decodeToken(token)
  if (!('decisions' in repro)) throw expect.unreachable('the token of a finding holds decisions')
  return repro.decisions
}
