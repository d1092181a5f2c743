/** Exit codes in words, and the code that an error ends with. */

import { type ErrorCode, isStormproofError } from '../core/error.js'
import { exitCodes } from '../explore/exit-code.js'

export const exitCodeTexts: Readonly<Record<string, string>> = {
  '0': 'every gate passed',
  '1': 'a finding (a hang is one), a gate that failed, or a replay that still fails',
  '2': 'usage, configuration or scenario error: no calm day (an agent that throws without any fault), an unanswered host, a leak, an msw handler that throws, process.exit by the agent, a corrupt token, a folder that cannot be written',
  '3': 'inconclusive: the budget ended first, trials that did not come to an end, a promise concerns the agent and never arose, or a repro no longer applies',
  '4': 'nothing was selected',
  '5': 'two runs of the same code differed',
  '6': 'shards were not merged: one is missing, there twice, or of another campaign',
  '70': 'an error inside stormproof',
  '130': 'interrupted; the partial record is kept and marked',
}

const other: Readonly<Partial<Record<ErrorCode, number>>> = {
  'nothing-selected': exitCodes.nothing,
  nondeterminism: exitCodes.nondeterministic,
  'merge-refused': exitCodes.unmergeable,
  internal: exitCodes.internal,
}

/** Everything that a user can mend is 2; what nobody threw on purpose is ours. */
export const exitCodeOf = (error: unknown): number =>
  isStormproofError(error) ? (other[error.code] ?? exitCodes['scenario-error']) : exitCodes.internal
