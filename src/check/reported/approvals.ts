/** Reported bugs of approvals. */

import type { ReportedBug } from './reported-bug.js'

export const approvalsBugs: readonly ReportedBug[] = [
  {
    id: 'B129',
    title: 'A client brings an approval that nobody was asked for, and the call is made',
    link: 'https://github.com/vercel/ai/pull/15947',
    breaks: ['approval-gate'],
  },
  {
    id: 'B130',
    title: 'Every signed approval is refused when the run goes on',
    link: 'https://github.com/vercel/ai/issues/16334',
    breaks: ['decision-liveness'],
  },
  {
    id: 'B131',
    title: 'A call that was denied is made',
    link: 'https://github.com/langchain-ai/langchain/issues/37093',
    breaks: ['denial-finality', 'approval-gate'],
  },
  {
    id: 'B132',
    title: 'A call that was denied is made by another way to the tools',
    link: 'https://github.com/langchain-ai/langchain/issues/40492',
    breaks: ['denial-finality', 'approval-gate'],
  },
  {
    id: 'B134',
    title: 'An approval that has expired can still be used',
    link: 'https://github.com/elizaOS/eliza/issues/11092',
    breaks: ['approval-gate'],
  },
  {
    id: 'B136',
    title: 'What is executed is not what was approved: the model was asked again',
    link: 'https://github.com/extra-org/extra/issues/139',
    breaks: ['resume-equivalence'],
  },
  {
    id: 'B137',
    title: 'Approved in time, executed after its time',
    link: 'https://github.com/escapeboy/agent-fleet-o/issues/130',
    breaks: ['approval-gate'],
  },
]
