/** Reported bugs of retries, breakers and rate limits. */

import type { ReportedBug } from './reported-bug.js'

export const retriesBugs: readonly ReportedBug[] = [
  {
    id: 'B076',
    title: 'Retries are sent before the time that the provider asked to wait',
    link: 'https://github.com/vercel/ai/issues/7247',
    breaks: ['retry-discipline'],
  },
  {
    id: 'B078',
    title: 'A wait that cannot be read becomes no wait, and the provider is asked in a tight loop',
    link: 'https://github.com/earendil-works/pi/issues/9571',
    breaks: ['retry-discipline'],
  },
  {
    id: 'B079',
    title: 'A wait until a moment that is past is taken as it is',
    link: 'https://github.com/openai/openai-java/issues/853',
    breaks: ['retry-discipline'],
  },
  {
    id: 'B081',
    title: 'What no retry can mend is tried again, and takes one deployment after the other out of service',
    link: 'https://github.com/BerriAI/litellm/issues/36896',
    breaks: ['retry-discipline'],
  },
  {
    id: 'B082',
    title: 'Of the failures of one request only the first is counted, and bad deployments stay in use',
    link: 'https://github.com/BerriAI/litellm/issues/32574',
    breaks: ['breaker-safety'],
  },
  {
    id: 'B083',
    title: 'All retries are used up within an instant',
    link: 'https://github.com/BerriAI/litellm/issues/7669',
    breaks: ['retry-discipline'],
  },
  {
    id: 'B086',
    title: 'A breaker whose probe never ended refuses everything for days',
    link: 'https://github.com/diegosouzapw/OmniRoute/issues/13836',
    breaks: ['breaker-liveness'],
  },
  {
    id: 'B087',
    title: 'A breaker that is half open lets the whole herd through',
    link: 'https://github.com/future-agi/future-agi/issues/2693',
    breaks: ['breaker-safety'],
  },
  {
    id: 'B088',
    title: 'A request larger than the bucket waits for ever',
    link: 'https://github.com/run-llama/llama_index/issues/23202',
    breaks: ['rate-limit-liveness'],
  },
  {
    id: 'B091',
    title: 'A run dies though each of its calls failed but once: they shared one counter',
    link: 'https://github.com/pydantic/pydantic-ai/issues/2311',
    breaks: ['retry-discipline'],
  },
  {
    id: 'B092',
    title: 'The counter of retries forgets what failed when another tool is called in between',
    link: 'https://github.com/pydantic/pydantic-ai/issues/6581',
    breaks: ['retry-discipline'],
  },
]
