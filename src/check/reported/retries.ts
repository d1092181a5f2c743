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
    id: 'B086',
    title: 'A breaker whose probe never ended refuses everything for days',
    link: 'https://github.com/diegosouzapw/OmniRoute/issues/13836',
    breaks: ['breaker-liveness'],
  },
]
