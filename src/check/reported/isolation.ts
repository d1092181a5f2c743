/** Reported bugs of sessions beside each other, and subagents. */

import type { ReportedBug } from './reported-bug.js'

export const isolationBugs: readonly ReportedBug[] = [
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
