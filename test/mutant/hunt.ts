/** Hunting a mutant: a campaign judged by one invariant alone, and the replay of what it finds. */

import { StormproofError } from '../../src/core/error.js'
import { decodeToken } from '../../src/core/token.js'
import { runCampaign } from '../../src/explore/campaign.js'
import type { Pair } from '../../src/explore/hands.js'
import { localHands } from '../../src/explore/local-hands.js'
import { presetOf } from '../../src/explore/preset.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import type { RunTrial } from '../../src/explore/trial-port.js'
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
  /** Every other invariant that a trial broke on the way, the shrinking included. */
  readonly also: ReadonlySet<string>
  /** False: two runs of one trial differed. */
  readonly isRepeatable: boolean
}

/** A calm day, single faults, then storms. What another invariant says of a trial is collected, and hides nothing. */
export async function hunt(scenario: Scenario, invariant: string, seed: string): Promise<Prey> {
  const found = new AbortController()
  const also = new Set<string>()
  let trials = 0
  const judgedByOne: RunTrial<Scenario> = async (one, options) => {
    const result = await runTrial(one, { ...options, keepGoing: true })
    for (const violation of result.violations) also.add(violation.invariant)
    return { ...result, violations: result.violations.filter((violation) => violation.invariant === invariant) }
  }
  const record = await runCampaign({
    scenario: { name: scenario.name, file: '', breaks: [] },
    hands: [localHands([scenario], undefined, judgedByOne)],
    seed,
    preset,
    trials: mostTrials,
    now: () => 0,
    batch,
    signal: found.signal,
    onTrial: ({ violations }) => {
      if (!found.signal.aborted) trials++
      if (trials >= mostTrials || violations.length > 0) found.abort()
    },
  })
  also.delete(invariant)
  return { finding: record.findings[0], trials, also, isRepeatable: record.nondeterminism === undefined }
}

/** The names of all that each storm broke, from the first to the `most`th. */
export async function* storms(scenario: Scenario, seed: string, most: number): AsyncGenerator<readonly string[]> {
  const { intended } = (await calmDay(scenario)).facts
  for (let storm = 1; storm <= most; storm++) {
    const source = openSource(scenario.name, stormJob(seed, presetOf(preset), storm))
    const { violations } = await runTrial(scenario, { source, intended, keepGoing: true })
    yield violations.map(({ invariant }) => invariant)
  }
}

/** Number of the first storm, of at most `most`, that broke what is wanted. */
export async function firstStorm(
  scenario: Scenario,
  isWanted: (invariant: string) => boolean,
  seed: string,
  most: number,
): Promise<number | undefined> {
  let storm = 0
  for await (const broken of storms(scenario, seed, most)) {
    storm++
    if (broken.some(isWanted)) return storm
  }
  return undefined
}

/** What the decisions do to a scenario, with what its own calm day intends; all that broke is collected. */
export async function replay(scenario: Scenario, decisions: readonly Pair[]) {
  const { intended } = (await calmDay(scenario)).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

const calmDay = (scenario: Scenario) => runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })

/** The decisions of a finding's token. */
export function decisionsOf(token: string): readonly Pair[] {
  const repro = decodeToken(token)
  if (!('decisions' in repro)) throw new StormproofError('internal', 'the token of a finding holds decisions')
  return repro.decisions
}
