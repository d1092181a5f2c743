/** Reported bugs of sessions beside each other, and subagents. */

import type { ReportedBug } from './reported-bug.js'

export const isolationBugs: readonly ReportedBug[] = [
  {
    id: 'B140',
    title: 'The system prompt of one user is used for another: a request changes the options of the only agent',
    link: 'https://github.com/CopilotKit/CopilotKit/issues/5659',
    breaks: ['session-isolation'],
  },
  {
    id: 'B142',
    title: 'The cookies of another user are sent: the request stands in a global, and whoever came last is in it',
    link: 'https://github.com/xorbitsai/xagent/issues/1282',
    breaks: ['session-isolation'],
  },
  {
    id: 'B144',
    title: 'A tenant is served the answer of another: the key of the cache does not name whose it is',
    link: 'https://github.com/BerriAI/litellm/issues/29955',
    breaks: ['cache-scope', 'cache-freshness'],
  },
  {
    id: 'B145',
    title: 'Two sessions write over each other’s checkpoints: the path does not name the session',
    link: 'https://github.com/Q00/ouroboros/issues/124',
    breaks: ['session-isolation'],
  },
  {
    id: 'B147',
    title: 'A refusal is repeated from the cache after what it asked for was done',
    link: 'https://github.com/nibor1896/Crow/issues/93',
    breaks: ['cache-freshness'],
  },
  {
    id: 'B150',
    title: 'A subagent that was cut short is reported as done',
    link: 'https://github.com/anthropics/claude-code/issues/73372',
    breaks: ['subagent-truth'],
  },
  {
    id: 'B151',
    title: 'A parent waits for ever for a child that died',
    link: 'https://github.com/anthropics/claude-code/issues/56869',
    breaks: ['run-liveness'],
  },
  {
    id: 'B153',
    title: 'One sibling is cancelled, and the whole turn comes back empty',
    link: 'https://github.com/openai/openai-agents-python/pull/2580',
    breaks: ['sibling-isolation'],
  },
  {
    id: 'B154',
    title: 'One task fails, and all tasks beside it are cancelled',
    link: 'https://github.com/langchain-ai/deepagents/issues/694',
    breaks: ['sibling-isolation'],
  },
  {
    id: 'B155',
    title: 'A harmless failure cancels twenty-six siblings, and the model takes its shell for broken',
    link: 'https://github.com/anthropics/claude-code/issues/64346',
    breaks: ['sibling-isolation'],
  },
]
