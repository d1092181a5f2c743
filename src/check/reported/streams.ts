/** Reported bugs of streamed answers. */

import type { ReportedBug } from './reported-bug.js'

export const streamsBugs: readonly ReportedBug[] = [
  {
    id: 'B093',
    title: 'A tool is called with nothing: its arguments were cut, and became an empty object',
    link: 'https://github.com/anthropics/claude-code/issues/67765',
    breaks: ['args-integrity'],
  },
  {
    id: 'B102',
    title: 'An agent stops without a word because some text had already been shown',
    link: 'https://github.com/NousResearch/hermes-agent/pull/7652',
    breaks: ['outcome-truth'],
  },
]
