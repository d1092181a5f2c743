/** A stock service: levels by article, reservations that may be released. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { type Met, nextOf } from './numbering.js'
import { type BackendOptions, place } from './options.js'

const startLevel = 100
const levelOf = (levels: ReadonlyMap<string, number>, sku: string): number => levels.get(sku) ?? startLevel

export function inventory(options: BackendOptions = {}): Backend<
  { levels: Map<string, number> },
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
    state: () => ({ levels: new Map<string, number>(), made: new Map() as Met }),
    operations: ({ read, write }) => ({
      reserve: write({
        http: 'POST /reservations',
        input: z.object({ sku: z.string(), count: z.int().positive() }),
        once: ({ sku, count }) => `${count} x ${sku}`,
        keyed,
        partial: ({ sku, count }) => (count > 1 ? { sku, count: count - 1 } : undefined),
        apply: (state, { sku, count }) => {
          state.levels.set(sku, levelOf(state.levels, sku) - count)
          return { reservationId: `rs_${sku}_${nextOf(state.made, sku)}` }
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
        answer: (state, { sku }) => ({ available: levelOf(state.levels, sku) }),
      }),
    }),
  })
  return backend as never
}
