/** Exit codes of the command line, and which of several wins. */

import type { Result } from '../report/record.js'

export const exitCodes = {
  pass: 0,
  fail: 1,
  'scenario-error': 2,
  inconclusive: 3,
  nothing: 4,
  nondeterministic: 5,
  unmergeable: 6,
  internal: 70,
  interrupted: 130,
} as const satisfies Record<Result | 'nothing' | 'unmergeable' | 'internal', number>

/** The worst first: what makes the rest untrustworthy wins over what the rest says. */
const order: readonly number[] = [130, 70, 2, 5, 1, 6, 3, 4, 0]

/** 0 for an empty list. */
export const worstExitCode = (codes: readonly number[]): number => order.find((code) => codes.includes(code)) ?? 0

const results: readonly Result[] = ['interrupted', 'scenario-error', 'nondeterministic', 'fail', 'inconclusive', 'pass']

/** `pass` for an empty list. */
export const worstResult = (some: readonly Result[]): Result =>
  results.find((result) => some.includes(result)) ?? 'pass'
