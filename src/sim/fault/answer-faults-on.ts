/** The faults that can strike an answer: one constant list for each kind of answer there is. */

import { answerFaults } from './model.js'

const wholes = [0, 1, 2].map((calls) => offered(calls, false))
const streams = [0, 1, 2].map((calls) => offered(calls, true))

/** Their names, in the order of the registry. Equal lists are the same list. */
export const answerFaultsOn = (calls: number, streamed: boolean): readonly string[] =>
  (streamed ? streams : wholes)[Math.min(calls, 2)] as readonly string[]

function offered(calls: number, streamed: boolean): readonly string[] {
  const least = { any: 0, calls: 1, batches: 2 }
  return answerFaults
    .filter((fault) => least[fault.on] <= calls && (fault.streamed ?? streamed) === streamed)
    .map(({ name }) => name)
}
