/** Reported bugs of what was stored, and of work that was done in part. */

import type { ReportedBug } from './reported-bug.js'

export const stateBugs: readonly ReportedBug[] = [
  {
    id: 'B039',
    title: 'Of writes that finish at the same moment some are lost',
    link: 'https://github.com/langchain-ai/langgraph/issues/8115',
    breaks: ['no-lost-update'],
  },
  {
    id: 'B040',
    title: 'A checkpoint is corrupt: the state was changed while it was being written',
    link: 'https://github.com/langchain-ai/langgraph/issues/4168',
    breaks: ['checkpoint-atomic'],
  },
  {
    id: 'B043',
    title: 'Of two agents that commit to one session at once, one loses what it wrote',
    link: 'https://github.com/google/adk-python/issues/5244',
    breaks: ['no-lost-update'],
  },
  {
    id: 'B044',
    title: 'A second request on a session is turned away as stale while the first still works',
    link: 'https://github.com/google/adk-python/issues/1733',
    breaks: ['single-writer'],
  },
  {
    id: 'B046',
    title: 'A nested flow that was suspended forgets which run it was, and begins again for ever',
    link: 'https://github.com/mastra-ai/mastra/issues/20213',
    breaks: ['resume-equivalence', 'decision-liveness'],
  },
  {
    id: 'B047',
    title: 'An approval is refused because its run has not finished saving that it waits',
    link: 'https://github.com/mastra-ai/mastra/issues/22413',
    breaks: ['decision-liveness'],
  },
  {
    id: 'B048',
    title: 'A run says that it waits for approval, and nothing of it was saved',
    link: 'https://github.com/mastra-ai/mastra/issues/10389',
    breaks: ['durable-ack'],
  },
  {
    id: 'B049',
    title: 'A resumed step works on what another step left behind, not on what it was suspended with',
    link: 'https://github.com/mastra-ai/mastra/issues/16051',
    breaks: ['resume-equivalence'],
  },
  {
    id: 'B050',
    title: 'A resume without an answer takes the answer to an earlier question for the one now open',
    link: 'https://github.com/langchain-ai/langgraph/issues/8837',
    breaks: ['decision-routing'],
  },
  {
    id: 'B051',
    title: 'What was written before a question to a person is gone',
    link: 'https://github.com/langchain-ai/langgraph/pull/8179',
    breaks: ['durable-ack'],
  },
  {
    id: 'B052',
    title: 'Approved calls of a batch never run: which were approved lived in memory only',
    link: 'https://github.com/microsoft/agent-framework/issues/6910',
    breaks: ['durable-ack'],
  },
  {
    id: 'B056',
    title: 'A worker that is shut down ends its run as if its user had been content',
    link: 'https://github.com/dust-tt/dust/pull/30742',
    breaks: ['outcome-truth', 'cancel-propagation'],
  },
  {
    id: 'B057',
    title: 'A stream is cut inside a call, the calls after it run, and the model says that all is saved',
    link: 'https://github.com/Jaal-Yantra-Textiles/v2/issues/1725',
    breaks: ['stream-integrity'],
  },
  {
    id: 'B058',
    title: 'The last word comes with an edit that fails, and the run ends as done',
    link: 'https://github.com/pydantic/pydantic-ai/issues/4767',
    breaks: ['outcome-truth'],
  },
  {
    id: 'B061',
    title: 'Compensations are not waited for, or done twice',
    link: 'https://github.com/temporalio/temporal-compensating-transactions/pull/3',
    breaks: ['saga-consistency'],
  },
]
