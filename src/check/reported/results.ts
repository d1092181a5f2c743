/** Reported bugs of what a tool was given and what it gave. */

import type { ReportedBug } from './reported-bug.js'

export const resultsBugs: readonly ReportedBug[] = [
  {
    id: 'B117',
    title: 'A tool that does not exist kills the run',
    link: 'https://github.com/openai/openai-agents-python/issues/2204',
    breaks: ['error-feedback'],
  },
  {
    id: 'B119',
    title: 'A tool that does not exist is logged, and the model never hears of it',
    link: 'https://github.com/livekit/agents/pull/4352',
    breaks: ['tool-pairing', 'error-feedback'],
  },
  {
    id: 'B121',
    title: 'One argument of a wrong type kills the run',
    link: 'https://github.com/pydantic/pydantic-ai/issues/6739',
    breaks: ['error-feedback'],
  },
  {
    id: 'B123',
    title: 'A result that is zero, false or empty is shown to the model as nothing',
    link: 'https://github.com/livekit/agents/pull/6551',
    breaks: ['result-fidelity'],
  },
  {
    id: 'B124',
    title: 'A trace shows no result where it was zero or false',
    link: 'https://github.com/openai/openai-agents-python/pull/3475',
    breaks: ['trace-fidelity'],
  },
  {
    id: 'B125',
    title: 'A success is taken for a failure because it holds the word error',
    link: 'https://github.com/NousResearch/hermes-agent/pull/75363',
    breaks: ['result-fidelity'],
  },
  {
    id: 'B126',
    title: 'A write that failed is told as done: the flag of the tool was ignored',
    link: 'https://github.com/BasedHardware/omi/pull/7808',
    breaks: ['result-fidelity', 'effect-presence'],
  },
  {
    id: 'B128',
    title: 'A failure that says that it is none is believed',
    link: 'https://github.com/browser-use/browser-use/issues/5252',
    breaks: ['result-fidelity'],
  },
]
