/** Where each mutant is hunted: the scenario in which what it breaks comes up. */

import type { Scenario } from 'stormproof'
import type { Agent } from '../../src/agent/agent.js'
import { checkoutWith } from './scenarios/checkout-with.js'
import { errand } from './scenarios/office.js'
import { tour } from './scenarios/tour.js'

/** The scenario with its agent changed. */
export type Preserve = (change: <T>(agent: Agent<T>) => Agent<T>) => Scenario

const checkout: Preserve = (change) => checkoutWith('checkout', change)
const letter: Preserve = (change) => errand({ name: 'letter', turns: [['post']], limits: { turns: 3 } }, change)
const paymentAndLook: Preserve = (change) => errand({ name: 'payment-and-look', turns: [['pay', 'look']] }, change)
const letterAndSurvey: Preserve = (change) => errand({ name: 'letter-and-survey', turns: [['post', 'survey']] }, change)
const hurry: Preserve = (change) => errand({ name: 'hurry', turns: [['pay']], limits: { timeMs: 20_000 } }, change)
const letterAndManyLooks: Preserve = (change) =>
  errand({ name: 'many-looks', turns: [['post'], ...Array.from({ length: 24 }, () => ['look'] as const)], limits: { turns: 40 } }, change)
const soldOut: Preserve = (change) => tour('sold-out', change)

export const preserves: Readonly<Record<string, Preserve>> = {
  'batch-rendered-apart': paymentAndLook,
  'completion-order-results': checkout,
  'results-keyed-by-foreign-id': paymentAndLook,
  'key-per-attempt': checkout,
  'reissue-not-matched': letter,
  'timeout-means-failed': checkout,
  'commit-per-result': checkout,
  'late-result-into-context': letterAndManyLooks,
  'no-drain-on-error': letterAndSurvey,
  'wait-without-wakeup': hurry,
  'register-after-success': checkout,
  'compensates-forwards': soldOut,
  'stop-at-failed-compensation': soldOut,
  'save-at-end': checkout,
  'resume-ignores-settled': paymentAndLook,
  'counters-in-memory': paymentAndLook,
  'retry-after-raw': checkout,
  'retry-everything': checkout,
  'retry-never-engages': checkout,
  'loop-exits-one-early': letter,
  'failed-call-uncounts-turn': letter,
  'failure-finalised-as-completed': letter,
}
