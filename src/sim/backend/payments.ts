/** A payment service: charges, refunds, look-up by order. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { freshId, Met, nonceOf } from './nonce.js'
import { type BackendOptions, place } from './options.js'

export function payments(options: BackendOptions = {}): Backend<
  { charges: string[] },
  {
    charge: Operation<'write', { orderId: string; cents: number }, { chargeId: string }>
    refund: Operation<'write', { chargeId: string; cents: number }, { refundId: string }>
    find: Operation<'read', { orderId: string }, { chargeId: string; cents: number } | undefined>
  }
> {
  const keyed = options.keyed ?? true
  const backend = defineBackend({
    name: 'payments',
    ...place(options),
    state: () => ({
      charges: [] as string[],
      numbers: new Met(),
      made: new Map<string, { orderId: string; cents: number }>(),
    }),
    operations: ({ read, write }) => ({
      charge: write({
        http: 'POST /charges',
        input: z.object({ orderId: z.string(), cents: z.int().positive() }),
        once: ({ orderId }) => orderId,
        keyed,
        apply: (state, input) => {
          const chargeId = freshId(state.numbers, 'ch', input.orderId)
          state.charges.push(chargeId)
          state.made.set(chargeId, input)
          return { chargeId }
        },
      }),
      refund: write({
        http: 'POST /charges/:chargeId/refunds',
        input: z.object({ chargeId: z.string(), cents: z.int().positive() }),
        once: ({ chargeId }) => chargeId,
        keyed,
        undoes: ({ chargeId }) => ({
          operation: 'charge',
          matches: (_input, answer: { chargeId: string }) => answer.chargeId === chargeId,
        }),
        apply: (state, { chargeId }) => {
          state.made.delete(chargeId)
          return { refundId: `re_${chargeId}_${nonceOf('re', chargeId)}` }
        },
      }),
      find: read({
        http: 'GET /charges/by-order/:orderId',
        input: z.object({ orderId: z.string() }),
        answer: (state, { orderId }) => {
          for (const [chargeId, made] of state.made)
            if (made.orderId === orderId) return { chargeId, cents: made.cents }
          return undefined
        },
      }),
    }),
  })
  return backend as never
}
