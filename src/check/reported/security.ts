/** Reported bugs of secrets, trust and time. */

import type { ReportedBug } from './reported-bug.js'

export const securityBugs: readonly ReportedBug[] = [
  {
    id: 'B156',
    title: 'What a tool returned stands in the prompt like the word of the user',
    link: 'https://github.com/MervinPraison/PraisonAI/issues/1820',
    breaks: ['trust-boundary'],
  },
  {
    id: 'B158',
    title: 'Keys inside the parameters of a call are sent to the tracing service',
    link: 'https://github.com/BerriAI/litellm/issues/11150',
    breaks: ['secret-redaction'],
  },
  {
    id: 'B159',
    title: 'A masked key can be read off the log',
    link: 'https://github.com/BerriAI/litellm/issues/5433',
    breaks: ['secret-redaction'],
  },
  {
    id: 'B160',
    title: 'Keys stand in public logs, and in the echo of an error',
    link: 'https://github.com/OpenHands/software-agent-sdk/issues/2629',
    breaks: ['secret-redaction'],
  },
  {
    id: 'B162',
    title: 'Question and answer change places: they carry the same millisecond',
    link: 'https://github.com/mastra-ai/mastra/issues/3735',
    breaks: ['memory-order'],
  },
  {
    id: 'B163',
    title: 'The history is sorted by two clocks that differ',
    link: 'https://github.com/mastra-ai/mastra/issues/14912',
    breaks: ['memory-order'],
  },
  {
    id: 'B164',
    title: 'Parts of a message change places when they are read again',
    link: 'https://github.com/mastra-ai/mastra/issues/16007',
    breaks: ['memory-order'],
  },
]
