/** Reported bugs of what was cancelled, timed out or came late. */

import type { ReportedBug } from './reported-bug.js'

export const cancelBugs: readonly ReportedBug[] = [
  {
    id: 'B064',
    title: 'One call fails, and the run ends while its siblings still work',
    link: 'https://github.com/openai/openai-agents-python/pull/4185',
    breaks: ['quiescence'],
  },
  {
    id: 'B066',
    title: 'A run that was aborted inside a tool takes one more step',
    link: 'https://github.com/vercel/ai/issues/12878',
    breaks: ['cancel-propagation'],
  },
  {
    id: 'B067',
    title: 'A run that was aborted is reported as ended once more',
    link: 'https://github.com/vercel/ai/issues/20908',
    breaks: ['terminal-once'],
  },
  {
    id: 'B068',
    title: 'Nobody is told of an abort that came while a tool was running',
    link: 'https://github.com/vercel/ai/issues/8107',
    breaks: ['cancel-propagation'],
  },
  {
    id: 'B070',
    title: 'A tool that was cut off still pays, while the model is told that it did not',
    link: 'https://github.com/vellum-ai/vellum-assistant/pull/42190',
    breaks: ['ambiguity-honesty'],
  },
  {
    id: 'B072',
    title: 'A tool that hangs keeps its run for ever',
    link: 'https://github.com/amd/gaia/pull/1591',
    breaks: ['deadline-bound'],
  },
  {
    id: 'B073',
    title: 'The result of work in the background is lost when it comes while the model is answering',
    link: 'https://github.com/cartesia-ai/line/pull/263',
    breaks: ['late-result-disposition'],
  },
  {
    id: 'B074',
    title: 'Late output of one turn is counted to the next',
    link: 'https://github.com/wandb/weave/pull/7697',
    breaks: ['late-result-disposition'],
  },
  {
    id: 'B075',
    title: 'A stale failure is posted after the right answer',
    link: 'https://github.com/tinyhumansai/openhuman/issues/6345',
    breaks: ['late-result-disposition'],
  },
]
