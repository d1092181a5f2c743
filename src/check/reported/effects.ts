/** Reported bugs of what was done or said twice. */

import type { ReportedBug } from './reported-bug.js'

export const effectsBugs: readonly ReportedBug[] = [
  {
    id: 'B024',
    title: 'A task that is tried again pays again: nobody kept which of its calls were done',
    link: 'https://github.com/crewAIInc/crewAI/issues/5802',
    breaks: ['at-most-once-effect', 'resume-equivalence'],
  },
  {
    id: 'B026',
    title: 'One tool waits for a person, and going on runs the tool beside it a second time',
    link: 'https://github.com/langchain-ai/langgraph/pull/3126',
    breaks: ['resume-equivalence', 'batch-atomicity'],
  },
  {
    id: 'B028',
    title: 'An approval clicked in two windows makes the outside write happen twice',
    link: 'https://github.com/archestra-ai/archestra/pull/6579',
    breaks: ['approval-gate'],
  },
  {
    id: 'B029',
    title: 'Going on after an approval writes the calls into the session a second time',
    link: 'https://github.com/openai/openai-agents-js/issues/701',
    breaks: ['history-exactly-once'],
  },
  {
    id: 'B030',
    title: 'One approval is sent to the model twice when the run goes on',
    link: 'https://github.com/vercel/ai/pull/14289',
    breaks: ['history-exactly-once'],
  },
  {
    id: 'B031',
    title: 'Approving a parked step starts the whole flow anew, with all that was done before it',
    link: 'https://github.com/tinyhumansai/opencompany/issues/846',
    breaks: ['resume-equivalence'],
  },
  {
    id: 'B032',
    title: 'A durable replay forgets how far the loop had come, and runs the agents again',
    link: 'https://github.com/inngest/agent-kit/issues/196',
    breaks: ['resume-equivalence'],
  },
  {
    id: 'B033',
    title: 'A tool that returns nothing counts as not run, and is run again',
    link: 'https://github.com/google/adk-python/pull/5284',
    breaks: ['result-fidelity'],
  },
  {
    id: 'B035',
    title: 'A retry makes a new idempotency key, and the card is charged twice',
    link: 'https://github.com/square/square-mcp-server/issues/31',
    breaks: ['key-stability', 'at-most-once-effect'],
  },
  {
    id: 'B036',
    title: 'The model asks again for a charge whose answer was lost, and it is made again',
    link: 'https://github.com/stripe/ai/issues/402',
    breaks: ['at-most-once-effect'],
  },
]
