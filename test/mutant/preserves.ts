/** Where each mutant is hunted: the scenario in which what it breaks comes up. */

import type { Scenario } from 'stormproof'
import type { Agent } from '../../src/agent/agent.js'
import { bankScenario } from '../scenarios/bank.js'
import { account } from './scenarios/account.js'
import { checkoutWith } from './scenarios/checkout-with.js'
import { errands } from './scenarios/errands.js'
import { exchange } from './scenarios/exchange.js'
import { clerk, wicked } from './scenarios/inbox.js'
import { newspaperOf } from './scenarios/newsroom.js'
import { observed } from './scenarios/observed.js'
import { errand, oversleeps, twoAtOnce } from './scenarios/office.js'
import { permits, type Signers } from './scenarios/permits.js'
import { reading } from './scenarios/reading.js'
import { reviewed } from './scenarios/reviewed.js'
import { survey } from './scenarios/survey.js'
import { till } from './scenarios/till.js'
import { tour } from './scenarios/tour.js'

/** The scenario, with its agent changed. */
export type Preserve = (change: <T>(agent: Agent<T>) => Agent<T>) => Scenario

const checkout: Preserve = (change) => checkoutWith('checkout', change)
const letter: Preserve = (change) => errand({ name: 'letter', turns: [['post']], limits: { turns: 3 } }, change)
const both: Preserve = (change) => twoAtOnce('both', change)
const letterAndSurvey: Preserve = (change) => errand({ name: 'letter-and-survey', turns: [['post', 'survey']] }, change)
/** A result that is 20 s late finds the run still going. */
const letterAndNap: Preserve = (change) =>
  errand({ name: 'letter-and-nap', turns: [['post'], ['nap'], ['look']] }, change)
const twoLooks: Preserve = (change) => errand({ name: 'two-looks', turns: [['look'], ['look']] }, change)
/** Two that only read: which of them comes first is nobody's business. */
const twoReadsAtOnce: Preserve = (change) => errand({ name: 'two-reads-at-once', turns: [['look', 'look']] }, change)
const longReading: Preserve = (change) => reading('long-reading', { history: 150, toolResults: 5_000 }, change)
const wideReading: Preserve = (change) => reading('wide-reading', { history: 4_000, toolResults: 1_300 }, change)
const soldOut: Preserve = (change) => tour('sold-out', change)

const rationed: Preserve = (change) => exchange('rationed', { quotesPerMinute: 1 }, change)
const tripsAtTwo: Preserve = (change) => exchange('trips-at-two', { breaker: { failures: 2, resetMs: 1_000 } }, change)
/** Many calls: failures that are not in a row are few among few. */
const tripsInTheLongRun: Preserve = (change) =>
  exchange('trips-in-the-long-run', { breaker: { failures: 2, resetMs: 1_000 }, more: 8 }, change)
const tripsAtOne: Preserve = (change) => exchange('trips-at-one', { breaker: { failures: 1, resetMs: 1_000 } }, change)
const herd: Preserve = (change) => exchange('herd', { breaker: { failures: 1, resetMs: 1_000 }, both: true }, change)
const thrifty: Preserve = (change) => exchange('thrifty', { budget: { tokens: 100_000 } }, change)

const deposits: Preserve = (change) => account('deposits', change)

const watched: Preserve = (change) => observed('watched', change)

const permitOf =
  (signers: Signers): Preserve =>
  (change) =>
    permits(signers, change)
const lead = ['lead']

const letters: Preserve = (change) => clerk('letters', wicked, { verifies: true }, change)

export const scenarios: readonly Preserve[] = [
  checkout,
  letter,
  both,
  letterAndSurvey,
  letterAndNap,
  soldOut,
  rationed,
  tripsAtTwo,
  tripsInTheLongRun,
  tripsAtOne,
  herd,
  thrifty,
  deposits,
  herd,
]

/** By the name of the mutant. */
export const preserves: Readonly<Record<string, Preserve>> = {
  'batch-rendered-apart': both,
  'completion-order-results': checkout,
  'results-keyed-by-foreign-id': both,
  'results-by-position': checkout,
  'known-ids-left-out': twoLooks,
  'results-gathered-by-id': twoLooks,
  'cut-call-unanswered': letterAndNap,
  'falsy-result-is-missing': watched,
  'error-flag-guessed': checkout,
  'unknown-tool-throws': both,
  'skipped-call-unanswered': both,
  'fail-fast-batch': both,
  'lax-args': letter,
  'repair-truncated-args': letter,
  'cut-args-mended': letter,
  'calls-merged': both,
  'output-unchecked': checkout,
  'accumulator-by-index': letter,
  'error-frame-is-done': letter,
  'settle-before-dispatch': letter,
  'terminal-not-absorbing': letter,
  'ordering-ignored': (change) => bankScenario(false, change),
  'resources-forgotten': (change) => till('till', change),
  'compensation-not-awaited': soldOut,
  'retry-counter-shared': checkout,
  'zero-means-unlimited': (change) =>
    exchange('nothing-allowed', { quotesPerMinute: 0, budget: { tokens: 0 } }, change),
  'no-tool-timeout': letter,
  'no-compaction': longReading,
  'summary-error-as-history': (change) => reading('short-reading', { history: 120, toolResults: 800 }, change),
  're-derive-on-resume': both,
  'logger-throws-through': watched,
  'oversize-waits-forever': (change) => exchange('none-admitted', { quotesPerMinute: 0 }, change),
  'child-gets-all-grants': (change) => errands('errands', change),
  'key-per-attempt': checkout,
  'reissue-not-matched': letter,
  'timeout-means-failed': checkout,
  'commit-per-result': checkout,
  'late-result-into-context': letterAndNap,
  'failed-call-awaited': letterAndSurvey,
  'no-drain-on-error': letterAndSurvey,
  'register-after-success': checkout,
  'compensates-forwards': soldOut,
  'stop-at-failed-compensation': soldOut,
  'save-at-end': checkout,
  'resume-ignores-settled': both,
  'counters-in-memory': both,
  'last-writer-wins': letter,
  'no-fencing': letter,
  'persist-counter-reset': both,
  'serialise-live-state': (change) => survey('survey', change),
  'lock-leaked-on-failure': letter,
  'keep-rejected-turn': letter,
  'resume-starts-anew': both,
  'resume-without-instructions': both,
  'list-running-only': permitOf({ name: 'permit', approvers: lead }),
  'retry-after-raw': checkout,
  'jitter-zero': checkout,
  'retry-everything': checkout,
  'retry-never-engages': checkout,
  'retry-inside-retry': letter,
  'wait-without-wakeup': letter,
  'breaker-counts-cumulative': tripsInTheLongRun,
  'breaker-misses-failures': tripsAtTwo,
  'half-open-herd': herd,
  'probe-slot-leak': tripsAtOne,
  'window-in-memory': rationed,
  'window-never-moves': rationed,
  'charge-after-launch': thrifty,
  'trim-splits-pair': longReading,
  'sort-by-timestamp': wideReading,
  'memory-of-nobody': (change) => newspaperOf('paper', change),
  'wall-clock-deadlines': (change) => oversleeps('oversleeps', change),
  'loop-exits-one-early': letter,
  'limit-counts-other-runs': letter,
  'failed-call-uncounts-turn': letter,
  'abort-is-tool-error': letter,
  'failure-finalised-as-completed': letter,
  'ambient-jitter': checkout,
  'approval-id-from-clock': permitOf({ name: 'two-permits', approvers: lead, ids: ['P-1', 'P-2'] }),
  'trust-client-approvals': permitOf({ name: 'permit', approvers: lead }),
  'approval-not-consumed': permitOf({ name: 'permit', approvers: lead }),
  'expiry-at-decision-only': permitOf({ name: 'short-permit', approvers: lead, expiresMs: 1_200 }),
  'only-last-request-heard': permitOf({ name: 'two-permits', approvers: lead, ids: ['P-1', 'P-2'] }),
  'signature-dropped': permitOf({ name: 'permit', approvers: lead }),
  'approvals-never-expire': permitOf({ name: 'short-permit', approvers: lead, expiresMs: 1_200 }),
  'decisions-by-position': permitOf({ name: 'two-permits', approvers: lead, ids: ['P-1', 'P-2'] }),
  'approved-unseen': permitOf({ name: 'permit', approvers: lead }),
  'answers-to-whoever': permitOf({ name: 'two-questions', approvers: lead, ids: ['P-1', 'P-2'], asks: true }),
  'decision-refused-while-live': permitOf({ name: 'two-signers', approvers: ['lead', 'finance'], afterMs: 500 }),
  'gate-on-one-path': permitOf({ name: 'no-permit', approvers: lead, decides: 'deny' }),
  'one-trace-per-call': watched,
  'trace-truthiness': watched,
  'mask-by-top-level-key': watched,
  'mask-keeps-the-beginning': watched,
  'swallowed-exception': watched,
  'no-trust-label': letters,
  'guard-fails-open': letters,
  'grants-are-advice': letters,
  'leaks-unwatched': letters,
  'module-level-session': checkout,
  'answer-names-first-result': twoReadsAtOnce,
  'runs-counted-in-module': letter,
  'resumed-run-says-so': permitOf({ name: 'permit', approvers: lead }),
  'cache-key-args-only': deposits,
  'cut-child-completed': (change) => reviewed('reviewed', change),
}
