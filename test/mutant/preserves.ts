/** Where each mutant is hunted: the scenario in which what it breaks comes up. */

import type { Scenario } from 'stormproof'
import type { Agent } from '../../src/agent/agent.js'
import { checkoutWith } from './scenarios/checkout-with.js'
import { errand, twoAtOnce } from './scenarios/office.js'
import { tour } from './scenarios/tour.js'

/** The scenario, with its agent changed. */
export type Preserve = (change: <T>(agent: Agent<T>) => Agent<T>) => Scenario

/** One virtual second a turn: enough of them for a result that is 20 s late to find the run still going. */
const looks = Array.from({ length: 20 }, () => ['look'] as const)

const checkout: Preserve = (change) => checkoutWith('checkout', change)
const letter: Preserve = (change) => errand({ name: 'letter', turns: [['post']], limits: { turns: 3 } }, change)
const both: Preserve = (change) => twoAtOnce('both', change)
const letterAndSurvey: Preserve = (change) => errand({ name: 'letter-and-survey', turns: [['post', 'survey']] }, change)
const hurry: Preserve = (change) => errand({ name: 'hurry', turns: [['pay']], limits: { timeMs: 20_000 } }, change)
const letterAndLooks: Preserve = (change) =>
  errand({ name: 'letter-and-looks', turns: [['post'], ...looks], limits: { turns: 40 } }, change)
const soldOut: Preserve = (change) => tour('sold-out', change)

export const scenarios: readonly Preserve[] = [checkout, letter, both, letterAndSurvey, hurry, letterAndLooks, soldOut]

/** By the name of the mutant. */
export const preserves: Readonly<Record<string, Preserve>> = {
  'batch-rendered-apart': both,
  'completion-order-results': checkout,
  'results-keyed-by-foreign-id': both,
  'key-per-attempt': checkout,
  'reissue-not-matched': letter,
  'timeout-means-failed': checkout,
  'commit-per-result': checkout,
  'late-result-into-context': letterAndLooks,
  'no-drain-on-error': letterAndSurvey,
  'wait-without-wakeup': hurry,
  'register-after-success': checkout,
  'compensates-forwards': soldOut,
  'stop-at-failed-compensation': soldOut,
  'save-at-end': checkout,
  'resume-ignores-settled': both,
  'counters-in-memory': both,
  'retry-after-raw': checkout,
  'retry-everything': checkout,
  'retry-never-engages': checkout,
  'loop-exits-one-early': letter,
  'failed-call-uncounts-turn': letter,
  'failure-finalised-as-completed': letter,
  'ambient-jitter': checkout,
}
