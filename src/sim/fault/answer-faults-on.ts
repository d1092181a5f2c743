/** The faults that can strike while a model answers: one constant list for each kind of answer there is. */

import { jump } from './clock/jump.js'
import { sameTick } from './clock/same-tick.js'
import { answerFaults } from './model.js'

const counts = [0, 1, 2] as const
const lists = [false, true].map((streamed) =>
  [[sameTick.name], [sameTick.name, jump.name]].map((clock) =>
    counts.map((calls) => [...offered(calls, streamed), ...clock]),
  ),
)

/** Their names, in the order of the registry. `clocked`: the agent goes by its wall clock. Equal lists are the same list. */
export const answerFaultsOn = (calls: number, streamed: boolean, clocked: boolean): readonly string[] =>
  lists[Number(streamed)]?.[Number(clocked)]?.[Math.min(calls, 2)] as readonly string[]

function offered(calls: number, streamed: boolean): readonly string[] {
  const least = { any: 0, calls: 1, batches: 2 }
  return answerFaults
    .filter((fault) => least[fault.on] <= calls && (fault.streamed ?? streamed) === streamed)
    .map(({ name }) => name)
}
