/** `alone-or-beside`: that other sessions go on beside it changes nothing for a session. */

import { concurrentSessions } from '../../sim/fault/isolation/concurrent-sessions.js'
import { answer, conversation, effects, ended } from './evidence.js'
import { strikes } from './outcome-sites.js'
import type { Relation } from './relation.js'

export const aloneOrBeside: Relation = {
  name: 'alone-or-beside',
  says: 'other sessions go on beside it',
  changes: (plain) => strikes(plain, [concurrentSessions.name]).filter(({ label }) => label === 'run/sessions'),
  shows: (trial) => [ended(trial), effects(trial), ...conversation(trial), answer(trial)],
  counts: (_plain, changed) => changed.beside.length > 0,
}
