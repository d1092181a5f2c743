/** A directory of made-up people: the same name for the same id in every trial, other people under other choices of the tape. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { type BackendOptions, place } from './options.js'

export interface Customer {
  readonly customerId: string
  readonly name: string
  readonly email: string
  readonly city: string
}

export function customers(
  options: BackendOptions = {},
): Backend<Record<never, never>, { find: Operation<'read', { customerId: string }, Customer> }> {
  const backend = defineBackend({
    name: 'customers',
    ...place(options),
    state: (draw) => ({
      person: (customerId: string): Customer =>
        draw.fake(customerId, (faker) => ({
          customerId,
          name: faker.person.fullName(),
          email: faker.internet.exampleEmail(),
          city: faker.location.city(),
        })),
    }),
    operations: ({ read }) => ({
      find: read({
        http: 'GET /customers/:customerId',
        input: z.object({ customerId: z.string() }),
        answer: (state, { customerId }) => state.person(customerId),
      }),
    }),
  })
  return backend as never
}
