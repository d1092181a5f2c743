/** Exit codes: what each means, and which wins where several apply. */

import { type ErrorCode, isStormproofError } from '../core/error.js'

export const exitCodes: Readonly<Record<number, string>> = {
  0: 'every gate passed',
  1: 'a finding, a gate that failed, or a replay that still fails',
  2: 'usage, configuration or scenario error: no calm day, an unanswered host, a leak, process.exit by the agent, a corrupt token, a folder that cannot be written',
  3: 'inconclusive: the budget ended first, or a replay that no longer applies',
  4: 'nothing was selected',
  5: 'two runs of the same code differed',
  70: 'an error inside stormproof',
  130: 'interrupted; the partial record is kept and marked',
}

/** Most serious first. */
const order = [130, 70, 2, 5, 1, 3, 4, 0]

export const worst = (codes: readonly number[]): number => order.find((code) => codes.includes(code)) ?? 0

const byError: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  config: 2,
  scenario: 2,
  'unexpected-model-call': 2,
  'unanswered-host': 2,
  leak: 2,
  'corrupt-token': 2,
  unwritable: 2,
  'nothing-selected': 4,
  nondeterminism: 5,
  internal: 70,
}

export const exitCodeOf = (error: unknown): number => (isStormproofError(error) ? byError[error.code] : 70)
