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
    id: 'B095',
    title: 'Arguments that were cut at the length limit are mended and run',
    link: 'https://github.com/jaseci-labs/jac/pull/6766',
    breaks: ['stream-integrity', 'args-integrity'],
  },
  {
    id: 'B096',
    title: 'Two calls with one index are merged, and the second never runs',
    link: 'https://github.com/apache/maka/issues/1976',
    breaks: ['stream-integrity', 'args-integrity'],
  },
  {
    id: 'B097',
    title: 'Parallel calls of a streamed answer are merged into one',
    link: 'https://github.com/huggingface/smolagents/pull/1958',
    breaks: ['stream-integrity'],
  },
  {
    id: 'B099',
    title: 'A stream is tried again, and text and calls of the first try are there twice',
    link: 'https://github.com/shiaho777/web-to-app/issues/748',
    breaks: ['stream-integrity'],
  },
  {
    id: 'B100',
    title: 'An error inside a stream counts as its end, and half an answer is committed',
    link: 'https://github.com/brightwave-inc/tidebreak/pull/1122',
    breaks: ['stream-integrity', 'outcome-truth'],
  },
  {
    id: 'B102',
    title: 'An agent stops without a word because some text had already been shown',
    link: 'https://github.com/NousResearch/hermes-agent/pull/7652',
    breaks: ['outcome-truth'],
  },
]
