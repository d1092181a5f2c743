/** Reported bugs of calls that were left without a result. */

import type { ReportedBug } from './reported-bug.js'

export const pairingBugs: readonly ReportedBug[] = [
  {
    id: 'B017',
    title: 'After an interruption every prompt is refused: a call was left without its result',
    link: 'https://github.com/anthropics/claude-code/issues/2959',
    breaks: ['tool-pairing'],
  },
  {
    id: 'B018',
    title: 'Of parallel calls that were interrupted, those not done yet stay unanswered in the history',
    link: 'https://github.com/anthropics/claude-code/issues/21041',
    breaks: ['tool-pairing', 'batch-atomicity'],
  },
  {
    id: 'B019',
    title: 'One refused request is kept in the history, and every later one is refused with it',
    link: 'https://github.com/anthropics/claude-code/issues/21102',
    breaks: ['recoverability'],
  },
  {
    id: 'B021',
    title: 'One of two calls is denied by a person, and its place in the history stays empty',
    link: 'https://github.com/langchain-ai/deepagentsjs/pull/171',
    breaks: ['tool-pairing', 'batch-atomicity'],
  },
  {
    id: 'B023',
    title: 'A call that was approved is neither run nor denied when something else was said in between',
    link: 'https://github.com/vercel/ai/pull/17551',
    breaks: ['decision-liveness'],
  },
]
