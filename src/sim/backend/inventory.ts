/** A stock service: levels by article, reservations that may be released. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { freshId, Met, nonceOf } from './nonce.js'
import { type BackendOptions, place } from './options.js'

const startLevel = 100
const levelOf = (levels: ReadonlyMap<string, number>, sku: string): number => levels.get(sku) ?? startLevel

export function inventory(options: BackendOptions = {}): Backend<
  { levels: Map<string, number> },
  {
    reserve: Operation<'write', { sku: string; count: number }, { reservationId: string }>
    release: Operation<'write', { reservationId: string }, { released: true }>
    level: Operation<'read', { sku: string }, { available: number; etag: string }>
  }
> {
  const keyed = options.keyed ?? true
  const backend = defineBackend({
    name: 'inventory',
    ...place(options),
    state: () => ({
      levels: new Map<string, number>(),
      made: new Met(),
      reserved: new Map<string, { sku: string; count: number }>(),
    }),
    operations: ({ read, write }) => ({
      reserve: write({
        http: 'POST /reservations',
        input: z.object({ sku: z.string(), count: z.int().positive() }),
        once: ({ sku, count }) => `${count} x ${sku}`,
        keyed,
        partial: ({ sku, count }) => (count > 1 ? { sku, count: count - 1 } : undefined),
        apply: ({ levels, made, reserved }, { sku, count }) => {
          const reservationId = freshId(made, 'rs', sku)
          levels.set(sku, levelOf(levels, sku) - count)
          reserved.set(reservationId, { sku, count })
          return { reservationId }
        },
      }),
      release: write({
        http: 'DELETE /reservations/:reservationId',
        input: z.object({ reservationId: z.string() }),
        keyed,
        undoes: ({ reservationId }) => ({
          operation: 'reserve',
          matches: (_input, answer: { reservationId: string }) => answer.reservationId === reservationId,
        }),
        apply: ({ levels, reserved }, { reservationId }) => {
          const made = reserved.get(reservationId)
          if (made) levels.set(made.sku, levelOf(levels, made.sku) + made.count)
          reserved.delete(reservationId)
          return { released: true } as const
        },
      }),
      level: read({
        http: 'GET /levels/:sku',
        input: z.object({ sku: z.string() }),
        answer: ({ levels }, { sku }) => ({
          available: levelOf(levels, sku),
          etag: nonceOf('level', sku, levelOf(levels, sku)),
        }),
      }),
    }),
  })
  return backend as never
}
