/** `crash-anywhere`: one crash, at any request to a service, the model or the store, changes nothing of what comes of the run. */

import { crashAfter, crashBefore } from '../../sim/fault/process.js'
import type { TrialResult } from '../trial-result.js'
import { answer, conversation, effects, ended } from './evidence.js'
import { isHonest, strikes } from './outcome-sites.js'
import type { Relation } from './relation.js'

export const crashAnywhere: Relation = {
  name: 'crash-anywhere',
  says: 'its process dies once',
  changes: (plain: TrialResult) => (plain.facts.own ? strikes(plain, [crashBefore, crashAfter]) : []),
  shows: (trial) => [ended(trial), effects(trial), ...conversation(trial), answer(trial)],
  counts: isHonest,
}
