/** The faults that can strike while a model answers: one constant list for each kind of answer there is. */

import { jump } from './clock/jump.js'
import { sameTick } from './clock/same-tick.js'
import { answerFaults } from './model.js'

/** An answer, and the question to it. */
export interface Struck {
  readonly calls: number
  readonly streams: boolean
  /** The prompt was answered before. */
  readonly again: boolean
  /** It shows calls of earlier turns. */
  readonly later: boolean
  /** It calls a subagent. */
  readonly delegates: boolean
}

const either = [false, true]
const clocks = [[sameTick.name], [sameTick.name, jump.name]]
const flags = either.flatMap((streams) => either.flatMap((again) => either.map((later) => ({ streams, again, later }))))
const kinds = [0, 1, 2].flatMap((calls) =>
  flags.flatMap((flag) => either.map((delegates) => ({ calls, ...flag, delegates }))),
)
const lists = kinds.flatMap((kind) => clocks.map((clock) => [...offered(kind), ...clock]))

/** Their names, in the order of the registry. `clocked`: the agent goes by its wall clock. Equal lists are the same list. */
export const answerFaultsOn = (
  calls: number,
  { streams, again, later, delegates }: Omit<Struck, 'calls'>,
  clocked: boolean,
): readonly string[] =>
  lists[
    Math.min(calls, 2) * 32 +
      [streams, again, later, delegates, clocked].reduce((number, flag) => number * 2 + Number(flag), 0)
  ] as readonly string[]

function offered(struck: Struck): readonly string[] {
  const least = { any: 0, calls: 1, batches: 2 }
  return answerFaults
    .filter(({ on, streamed = struck.streams, when }) => {
      if (when !== undefined && !struck[when]) return false
      return least[on] <= struck.calls && streamed === struck.streams
    })
    .map(({ name }) => name)
}
