/** Regressions for reported bugs of retries, breakers and rate limits. */

import type { Case } from './case.js'

export const retriesCases: readonly Case[] = [
  {
    id: 'B076',
    mutant: 'retry-after-raw',
    schedule: [
      ['model/t2/a1', 'model/http-error'],
      ['model/t2/a1@status', '429'],
      ['model/t2/a1@retry-after', '30'],
    ],
  },
  {
    id: 'B078',
    mutant: 'retry-after-raw',
    schedule: [
      ['model/t1/a1', 'model/http-error'],
      ['model/t1/a1@status', '429'],
      ['model/t1/a1@retry-after', 'malformed'],
    ],
  },
  {
    id: 'B079',
    mutant: 'retry-after-raw',
    schedule: [
      ['model/t1/a1', 'model/http-error'],
      ['model/t1/a1@status', '429'],
      ['model/t1/a1@retry-after', 'past'],
    ],
  },
  {
    id: 'B081',
    mutant: 'retry-everything',
    schedule: [
      ['model/t1/a1', 'model/http-error'],
      ['model/t1/a1@status', '404'],
    ],
  },
  {
    id: 'B082',
    mutant: 'breaker-misses-failures',
    schedule: [
      ['market.price#t1.c0/a1', 'tool/error'],
      ['market.price#t1.c0/a2', 'tool/error'],
    ],
  },
  {
    id: 'B083',
    mutant: 'retry-after-raw',
    schedule: [
      ['model/t1/a1', 'model/http-error'],
      ['model/t1/a1@status', '429'],
    ],
  },
  {
    id: 'B086',
    mutant: 'probe-slot-leak',
    schedule: [
      ['market.price#t1.c0/a1', 'tool/error'],
      ['market.price#t1.c0/a2@time', 'never'],
    ],
  },
  { id: 'B087', mutant: 'half-open-herd', schedule: [['market.price#t1.c0/a1', 'tool/cascade']] },
  { id: 'B088', mutant: 'oversize-waits-forever', schedule: [] },
  {
    id: 'B091',
    mutant: 'retry-counter-shared',
    schedule: [
      ['payments.charge#t1.c0/a1', 'tool/error'],
      ['inventory.reserve#t1.c1/a1', 'tool/error'],
    ],
  },
  {
    id: 'B092',
    mutant: 'retry-counter-shared',
    schedule: [
      ['payments.charge#t1.c0/a1', 'tool/error'],
      ['payments.charge#t1.c0/a2', 'tool/error'],
    ],
  },
]
