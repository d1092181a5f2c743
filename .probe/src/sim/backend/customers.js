/** A directory of made-up people: the same name for the same id in every trial, other people under other choices of the tape. */
import { z } from 'zod';
import { defineBackend } from '../define-backend.js';
import { place } from './options.js';
export function customers(options = {}) {
    const backend = defineBackend({
        name: 'customers',
        ...place(options),
        state: (draw) => ({
            person: (customerId) => draw.fake(customerId, (faker) => ({ customerId, name: faker.person.fullName(), email: faker.internet.exampleEmail(), city: faker.location.city() })),
        }),
        operations: ({ read }) => ({
            find: read({
                http: 'GET /customers/:customerId',
                input: z.object({ customerId: z.string() }),
                answer: (state, { customerId }) => state.person(customerId),
            }),
        }),
    });
    return backend;
}
