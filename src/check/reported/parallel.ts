/** Reported bugs of calls that run side by side. */

import type { ReportedBug } from './reported-bug.js'

export const parallelBugs: readonly ReportedBug[] = [
  {
    id: 'B002',
    title: 'Two jobs run at once come back swapped: their results were put down in the order in which they finished',
    link: 'https://github.com/can1357/oh-my-pi/issues/11179',
    breaks: ['result-order'],
  },
  {
    id: 'B003',
    title: 'The clock answers for the weather: the nth result was taken for the nth call, whatever id it had',
    link: 'https://github.com/JustVugg/colibri/pull/118',
    breaks: ['result-identity', 'result-fidelity'],
  },
  {
    id: 'B004',
    title: 'A provider refuses the history: the calls of one answer were sent back as several messages',
    link: 'https://github.com/Effect-TS/effect/issues/6702',
    breaks: ['tool-pairing'],
  },
  {
    id: 'B005',
    title: 'Two tools ask a person at once, and the answer for one reaches the other',
    link: 'https://github.com/langchain-ai/langgraph/issues/6533',
    breaks: ['id-uniqueness'],
  },
  {
    id: 'B007',
    title:
      'One client is sent what a tool told another: both count their requests from 0, and one map holds the answers',
    link: 'https://github.com/advisories/GHSA-345p-7cg4-v4c7',
    breaks: ['session-isolation'],
  },
  {
    id: 'B009',
    title: 'A call is handed the answer of another one that has the same request id',
    link: 'https://github.com/cloudflare/agents/issues/1632',
    breaks: ['result-identity'],
  },
  {
    id: 'B010',
    title: 'Two calls under one id share one result, and the provider refuses the history',
    link: 'https://github.com/can1357/oh-my-pi/issues/2055',
    breaks: ['result-identity'],
  },
  {
    id: 'B011',
    title: 'A model server that gives every call one id has the later results thrown away as repetitions',
    link: 'https://github.com/NousResearch/hermes-agent/issues/70724',
    breaks: ['tool-pairing'],
  },
  {
    id: 'B013',
    title: 'An id used in two turns has each of its results repeated in every later request',
    link: 'https://github.com/continuedev/continue/pull/12627',
    breaks: ['tool-pairing'],
  },
  {
    id: 'B015',
    title: 'An agent that is given two tasks at once answers both alike: they run on one object with one state',
    link: 'https://github.com/huggingface/smolagents/issues/1781',
    breaks: ['session-isolation'],
  },
]
