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
    id: 'B106',
    title: 'Cutting the history to its last messages leaves results without their calls',
    link: 'https://github.com/microsoft/semantic-kernel/issues/12708',
    breaks: ['context-safe', 'tool-pairing'],
  },
  {
    id: 'B107',
    title: 'A summary begins between a call and its result',
    link: 'https://github.com/microsoft/semantic-kernel/issues/13062',
    breaks: ['context-safe', 'tool-pairing'],
  },
  {
    id: 'B109',
    title: 'The text of the error of a summary takes the place of the history',
    link: 'https://github.com/langchain-ai/langchain/issues/39261',
    breaks: ['context-safe'],
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
    id: 'B112',
    title: 'The limit of steps counts the steps of earlier runs',
    link: 'https://github.com/langchain-ai/langgraph/issues/2081',
    breaks: ['step-bound'],
  },
  {
    id: 'B115',
    title: 'A child whose parent has nothing left is given zero, which means without limit',
    link: 'https://github.com/opensearch-project/ml-commons/pull/4820',
    breaks: ['budget-safety', 'rate-limit-safety'],
  },
  {
    id: 'B116',
    title: 'Three agents at once spend three times the budget: it was charged after they had begun',
    link: 'https://github.com/QuintinShaw/pi-dynamic-workflows/pull/71',
    breaks: ['budget-safety'],
  },
]
