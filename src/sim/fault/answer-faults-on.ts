/** The faults that can strike an answer: one constant list for each kind of answer there is. */

import { answerFaults } from './model.js'

/** An answer, and the question to it. */
export interface Struck {
  readonly calls: number
  readonly streams: boolean
  /** The prompt was answered before. */
  readonly again: boolean
  /** It shows calls of earlier turns. */
  readonly later: boolean
}

const kinds = [0, 1, 2].flatMap((calls) =>
  [false, true].flatMap((streams) =>
    [false, true].flatMap((again) => [false, true].map((later) => ({ calls, streams, again, later }))),
  ),
)
const lists = kinds.map(offered)

/** Their names, in the order of the registry. Equal lists are the same list. */
export const answerFaultsOn = (calls: number, { streams, again, later }: Omit<Struck, 'calls'>): readonly string[] =>
  lists[Math.min(calls, 2) * 8 + Number(streams) * 4 + Number(again) * 2 + Number(later)] as readonly string[]

function offered(struck: Struck): readonly string[] {
  const least = { any: 0, calls: 1, batches: 2 }
  return answerFaults
    .filter(({ on, streamed = struck.streams, when }) => {
      if (when !== undefined && !struck[when]) return false
      return least[on] <= struck.calls && streamed === struck.streams
    })
    .map(({ name }) => name)
}
