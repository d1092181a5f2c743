/** Compares a trial with its like: first what it is without its faults, then that with one thing changed. */

import type { TrialsCompared } from '../../core/compared.js'
import { decidedSource } from '../../kernel/decided-source.js'
import type { Source } from '../../kernel/source.js'
import type { Decision } from '../../kernel/tape.js'
import { isOver } from '../right-clock.js'
import type { TrialResult } from '../trial-result.js'
import type { Chosen } from './choose.js'
import type { Change } from './relation.js'

/** Runs the scenario once more with these choices, and lists all sites reached. */
export type Again = (source: Source) => Promise<TrialResult>

/** Slow, but in time. */
const slow: ReadonlySet<string> = new Set(['x2', 'x8', 'x64'])

/**
 * Undefined: nothing can be said. A trial that breaks a promise by itself is told of by that promise, and one that does not come to
 * its goal without faults has promised nothing.
 */
export async function compare(
  { relation, among }: Chosen,
  trial: TrialResult,
  again: Again,
): Promise<TrialsCompared | undefined> {
  if (trial.violations.length > 0) return undefined
  const schedule = trial.decisions.filter(isSchedule)
  const plain = await again(decided(schedule))
  if (!isSound(plain)) return undefined
  const change = among(relation.changes(plain))
  if (!change) return undefined
  const changed = await again(decided([...schedule, change]))
  if (!isOver(changed.ending) || isBroken(changed)) return undefined
  if (isTimed(plain) || isTimed(changed) || relation.counts?.(plain, changed) === false) return undefined
  const { label, alternative } = change
  return {
    relation: relation.name,
    says: relation.says,
    at: { label, alternative },
    plain: relation.shows(plain),
    changed: relation.shows(changed),
  }
}

/** What makes no trouble: when things happen, and what the world is made of. */
const isSchedule = ({ kind, alternative }: Decision): boolean =>
  kind === 'hold' || kind === 'data' || kind === 'storm' || (kind === 'time' && slow.has(alternative))

const decided = (decisions: readonly Change[]): Source =>
  decidedSource(new Map(decisions.map(({ label, alternative }) => [label, alternative])))

const isBroken = ({ violations, problems }: TrialResult): boolean => violations.length > 0 || problems.length > 0

/** Limiters and breakers, which sessions share, let through by the hour: what is right a second later is another thing. */
const isTimed = (trial: TrialResult): boolean => trial.events.some(({ type }) => timed.has(type))
const timed: ReadonlySet<string> = new Set(['breaker-moved', 'call-rejected', 'limiter-admitted'])

const isSound = (plain: TrialResult): boolean =>
  plain.ending === 'rest' && plain.status === 'completed' && plain.goal !== false && !isBroken(plain)
