/** Faults of the language model and its provider. */

import type { FaultDefinition } from './fault.js'

const outcome = { family: 'model', tolerated: true, chosenAs: 'outcome' } as const
const time = { family: 'model', tolerated: true, chosenAs: 'time', parameters: {} } as const

export const modelStatuses = ['503', '429', '500', '529'] as const
export const retryAfters = ['none', '1', '30', '120'] as const
export const malformations = [
  'wrong-type',
  'missing-key',
  'extra-key',
  'truncated',
  'not-json',
  'non-object',
  'null',
  'empty',
] as const

export const modelFaults: readonly FaultDefinition[] = [
  {
    ...outcome,
    name: 'model/http-error',
    says: 'The provider answers with an error status: overloaded, rate limited (with or without Retry-After), broken.',
    parameters: { status: modelStatuses, 'retry-after': retryAfters },
  },
  {
    ...outcome,
    name: 'model/lost',
    says: 'The connection to the provider breaks after the request was accepted.',
    parameters: {},
  },
  {
    ...outcome,
    name: 'model/malformed-args',
    says: 'The model calls a tool with arguments that do not parse or do not fit its schema.',
    parameters: { kind: malformations },
  },
  {
    ...outcome,
    name: 'model/unknown-tool',
    says: 'The model calls a tool that does not exist.',
    parameters: { name: ['random', 'near-miss', 'empty'] },
  },
  { ...time, name: 'model/delay', says: 'The provider answers slowly.' },
  { ...time, name: 'model/timeout', says: 'The provider never answers, or only after the caller gave up.' },
]
