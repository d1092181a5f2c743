/** Reported bugs of windows, limits and budgets. */

import type { ReportedBug } from './reported-bug.js'

export const boundsBugs: readonly ReportedBug[] = [
  {
    id: 'B104',
    title: 'After a summary the provider refuses the history: a result lost its call',
    link: 'https://github.com/langchain-ai/langchain/issues/38352',
    breaks: ['context-safe', 'tool-pairing'],
  },
  {
    id: 'B110',
    title: 'The loop ends one step early, with calls that have no results',
    link: 'https://github.com/laravel/ai/issues/699',
    breaks: ['step-bound'],
  },
  {
    id: 'B111',
    title: 'The limit of steps cuts off the tool whose result was to be the answer',
    link: 'https://github.com/langchain-ai/langgraph/issues/8204',
    breaks: ['step-bound'],
  },
  {
    id: 'B116',
    title: 'Three agents at once spend three times the budget: it was charged after they had begun',
    link: 'https://github.com/QuintinShaw/pi-dynamic-workflows/pull/71',
    breaks: ['budget-safety'],
  },
]
