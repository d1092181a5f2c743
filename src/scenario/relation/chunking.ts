/** `chunking`: how a streamed answer is cut into chunks says nothing. */

import { answer, conversation, effects, ended } from './evidence.js'
import type { Relation } from './relation.js'

export const chunking: Relation = {
  name: 'chunking',
  says: 'an answer of the model is cut into other chunks',
  changes: ({ visited = [], decisions }) =>
    visited
      .filter(({ label }) => /@layout(~\d+)?$/.test(label))
      .flatMap(({ label, alternatives }) => {
        const now = decisions.find((decision) => decision.label === label)?.alternative ?? alternatives[0]
        return alternatives.filter((name) => name !== now).map((alternative) => ({ label, alternative }))
      }),
  shows: (trial) => [ended(trial), effects(trial), ...conversation(trial), answer(trial)],
}
