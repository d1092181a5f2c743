/** A stock service: levels by article, reservations that may be released. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { type BackendOptions, place } from './options.js'

const startLevel = 100

export function inventory(options: BackendOptions = {}): Backend<
  { levels: Record<string, number> },
  {
    reserve: Operation<'write', { sku: string; count: number }, { reservationId: string }>
    release: Operation<'write', { reservationId: string }, { released: true }>
    level: Operation<'read', { sku: string }, { available: number }>
  }
> {
  const keyed = options.keyed ?? true
  const backend = defineBackend({
    name: 'inventory',
    ...place(options),
    state: () => ({ levels: {} as Record<string, number>, made: {} as Record<string, number> }),
    operations: ({ read, write }) => ({
      reserve: write({
        http: 'POST /reservations',
        input: z.object({ sku: z.string(), count: z.int().positive() }),
        once: ({ sku, count }) => `${count} x ${sku}`,
        keyed,
        partial: ({ sku, count }) => (count > 1 ? { sku, count: count - 1 } : undefined),
        apply: (state, { sku, count }) => {
          state.levels[sku] = (state.levels[sku] ?? startLevel) - count
          state.made[sku] = (state.made[sku] ?? 0) + 1
          return { reservationId: `rs_${sku}_${state.made[sku]}` }
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
        apply: () => ({ released: true }) as const,
      }),
      level: read({
        http: 'GET /levels/:sku',
        input: z.object({ sku: z.string() }),
        answer: (state, { sku }) => ({ available: state.levels[sku] ?? startLevel }),
      }),
    }),
  })
  return backend as never
}
