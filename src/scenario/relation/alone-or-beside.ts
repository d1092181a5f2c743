/** `alone-or-beside`: that other sessions go on beside it changes nothing for a session. */

import { concurrentSessions } from '../../sim/fault/isolation/concurrent-sessions.js'
import type { TrialResult } from '../trial-result.js'
import { answer, conversation, effects, ended, eventsOf } from './evidence.js'
import { strikes } from './outcome-sites.js'
import type { Relation } from './relation.js'

export const aloneOrBeside: Relation = {
  name: 'alone-or-beside',
  says: 'other sessions go on beside it',
  changes: (plain) => strikes(plain, [concurrentSessions.name]).filter(({ label }) => label === 'run/sessions'),
  shows: (trial) => [ended(trial), effects(trial), ...conversation(trial), answer(trial)],
  counts: (_plain, changed) => changed.beside.length > 0 && !shares(changed),
}

/** A limiter and a breaker are there for all sessions together. */
const shares = (trial: TrialResult): boolean =>
  eventsOf(trial, 'breaker-moved').length > 0 ||
  eventsOf(trial, 'call-rejected').length > 0 ||
  eventsOf(trial, 'limiter-admitted').length > 0
