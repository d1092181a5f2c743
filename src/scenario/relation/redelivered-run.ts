/** `redelivered-run`: a run that its host starts once more while it goes on comes to the same. */

import { redeliver } from '../../sim/fault/process/redeliver.js'
import { zombie } from '../../sim/fault/process/zombie.js'
import { answer, conversation, effects, ended } from './evidence.js'
import { isHonest, strikes } from './outcome-sites.js'
import type { Relation } from './relation.js'

export const redeliveredRun: Relation = {
  name: 'redelivered-run',
  says: 'the run is started once more beside itself',
  changes: (plain) => (plain.facts.own ? strikes(plain, [redeliver.name, zombie.name]) : []),
  shows: (trial) => [ended(trial), effects(trial), ...conversation(trial), answer(trial)],
  counts: isHonest,
}
