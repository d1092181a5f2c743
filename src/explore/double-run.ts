/** Determinism: the same job twice must leave the same history. Fingerprints are compared, and every byte of both. */

import { canonical } from '../core/json.js'
import type { Nondeterminism } from '../report/record.js'
import type { TrialResult } from '../scenario/trial-result.js'
import type { Bytes, Hands, Job } from './hands.js'
import { maskText, secretsOf } from './masked.js'

export function bytesOf(result: TrialResult): Bytes {
  return {
    fingerprint: result.fingerprint,
    events: result.events.map(canonical),
    lanes: result.events.map((event) => ('site' in event ? event.site : event.lane)),
    secrets: secretsOf(result.facts),
  }
}

/** The first event that differs, with both sides; undefined when there is none. */
export function firstDifference(first: Bytes, second: Bytes, seed: string): Nondeterminism | undefined {
  const length = Math.max(first.events.length, second.events.length)
  for (let seq = 0; seq < length; seq++) {
    const one = first.events[seq] ?? 'the history had ended'
    const other = second.events[seq] ?? 'the history had ended'
    if (one !== other) {
      const [shownFirst, shownSecond] = [maskText(one, first.secrets), maskText(other, first.secrets)]
      return { seed, seq, first: shownFirst, second: shownSecond, where: first.lanes[seq] ?? second.lanes[seq] ?? '' }
    }
  }
  return first.fingerprint === second.fingerprint
    ? undefined
    : fingerprintsDiffer(first.fingerprint, second.fingerprint, seed)
}

/** For two runs that differed once and then did not again, or in their choices alone. */
export const fingerprintsDiffer = (first: string, second: string, seed: string): Nondeterminism => ({
  seed,
  seq: -1,
  first: `fingerprint ${first}`,
  second: `fingerprint ${second}`,
  where: 'a later repetition did not show where',
})

/** `storm 137 of seed 1`, or the decisions of a replay. */
export function seedText({ source, index }: Job): string {
  if (source.kind !== 'replay') return `${source.seed}, storm ${index}`
  return source.decisions.map(([label, alternative]) => `${label}=${alternative}`).join(' ')
}

/** Compares one run of `job` here with one there, in a fresh copy of the user's modules where one can be made. */
export async function compareRuns(
  scenario: string,
  job: Job,
  here: Hands,
  there: Hands,
): Promise<Nondeterminism | undefined> {
  const [first] = await here.trials(scenario, [job])
  return recheck(scenario, job, first?.record.fingerprint ?? '', here, there)
}

/** Like `compareRuns`, for a job whose fingerprint is known: it is run once more. */
export async function recheck(
  scenario: string,
  job: Job,
  fingerprint: string,
  here: Hands,
  there: Hands,
): Promise<Nondeterminism | undefined> {
  const fresh = { ...job, fresh: true }
  const [again] = await there.trials(scenario, [fresh])
  // A run that stood still until it was ended has no fingerprint, and says nothing about history.
  if (!again?.record.fingerprint) return undefined
  const one = await here.bytes(scenario, job)
  const other = await there.bytes(scenario, fresh)
  const seed = seedText(job)
  // Also where the fingerprints agree: they know types, times and choices, and no values.
  const apart = firstDifference(one, other, seed)
  if (apart || again.record.fingerprint === fingerprint) return apart
  return fingerprintsDiffer(fingerprint, again.record.fingerprint, seed)
}
