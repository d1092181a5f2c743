/** Faults of the services behind the tools, at the backend's operation. */

import type { FaultDefinition } from './fault.js'

const outcome = { family: 'tool', tolerated: true, chosenAs: 'outcome', parameters: {} } as const
const time = { family: 'tool', tolerated: true, chosenAs: 'time', parameters: {} } as const

export const errorKinds = ['transient', 'permanent'] as const
export const toolRetryAfters = ['1', 'none', '30'] as const
export const garbageKinds = ['html', 'null', 'error-in-200', 'empty'] as const

export const toolFaults: readonly FaultDefinition[] = [
  {
    ...outcome,
    name: 'tool/error',
    says: 'The service refuses before anything happened.',
    parameters: { kind: errorKinds },
  },
  {
    ...outcome,
    name: 'tool/rate-limited',
    says: 'The service answers 429 before anything happened.',
    parameters: { 'retry-after': toolRetryAfters },
  },
  {
    ...outcome,
    name: 'tool/timeout-before-effect',
    says: 'The request is lost: nothing happened, and no answer comes.',
  },
  { ...outcome, name: 'tool/timeout-after-effect', says: 'It happened, and the answer is lost.' },
  {
    ...outcome,
    name: 'tool/garbage-result',
    says: 'It happened, and the answer is garbage.',
    parameters: { kind: garbageKinds },
  },
  { ...outcome, name: 'tool/partial-effect', says: 'Only part of it happened, and the service says so with an error.' },
  { ...time, name: 'tool/delay', says: 'The service answers slowly.' },
  { ...time, name: 'tool/late-result', says: 'The answer comes after its caller stopped waiting.' },
  { ...time, name: 'tool/hang', says: 'The service never answers.' },
  { ...outcome, name: 'tool/permute', chosenAs: 'hold', says: 'A completion is held back while others pass it.' },
]
