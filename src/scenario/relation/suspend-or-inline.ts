/** `suspend-or-inline`: whether the process waits for people or ends, and is started again when they have spoken, is all one. */

import { answer, conversation, effects, ended, eventsOf } from './evidence.js'
import type { Relation } from './relation.js'

const site = 'approval.process'

export const suspendOrInline: Relation = {
  name: 'suspend-or-inline',
  says: 'its process stays while people decide',
  changes: (plain) =>
    eventsOf(plain, 'approval-requested').length > 0 && plain.visited?.some(({ label }) => label === site)
      ? [{ label: site, alternative: 'stays' }]
      : [],
  shows: (trial) => [ended(trial), effects(trial), ...conversation(trial), answer(trial)],
}
