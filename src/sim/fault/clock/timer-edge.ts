/** The service asks for a wait that is none: a timer of the platform that is given it fires at once. */

import { refused } from '../../answer.js'
import { clockFault } from '../clock-fault.js'
import { nominalMs, type ServiceFault } from '../service-fault.js'

/** In milliseconds; `beyond`: more than any timer takes. */
const delays = { nan: Number.NaN, negative: -1_000, zero: 0, beyond: 2 ** 32 } as const

export const timerEdge: ServiceFault = {
  ...clockFault,
  name: 'clock/timer-edge',
  says: 'The service answers 429 and asks for a wait that no timer takes: no number, less than nothing, nothing, or more than 2^31 ms.',
  on: 'both',
  parameters: { delay: ['nan', 'negative', 'zero', 'beyond'] satisfies (keyof typeof delays)[] },
  strike: ({ pick }) => {
    const afterMs = delays[pick('delay') as keyof typeof delays]
    return { answer: refused(429, 'too many requests', 'later', afterMs), delayMs: nominalMs }
  },
}
