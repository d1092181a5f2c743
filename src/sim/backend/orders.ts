/** A shop's orders: placed, shipped, cancelled, read back one by one or in pages. */

import { z } from 'zod'
import type { Backend, Draw, Operation } from '../../core/backend.js'
import { hash32 } from '../../core/digest.js'
import { canonical } from '../../core/json.js'
import { defineBackend } from '../define-backend.js'
import { freshId, Met, nonceOf } from './nonce.js'
import { type BackendOptions, place } from './options.js'
import { type Page, pageOf } from './page.js'
import { conflict, missing } from './refusal.js'

export interface OrderLine {
  readonly sku: string
  readonly count: number
}

export interface Order {
  readonly orderId: string
  readonly customerId: string
  /** Made up. */
  readonly shipTo: string
  readonly lines: readonly OrderLine[]
  readonly cents: number
  readonly status: 'placed' | 'shipped' | 'cancelled'
  /** Another after each change. */
  readonly etag: string
}

type Orders = Map<string, Order>
type Placing = { customerId: string; lines: readonly OrderLine[] }

const placing = z.object({
  customerId: z.string(),
  lines: z.array(z.object({ sku: z.string(), count: z.int().positive() })).nonempty(),
})
const named = z.object({ orderId: z.string() })

/** Every article has one price, between 1 and 100. */
const centsOf = ({ sku, count }: OrderLine): number => count * (100 + (hash32(sku) % 9_901))

/**
 * Orders by id. One that nobody placed is read as null; shipping a cancelled order, or cancelling one that was shipped or is not
 * there, is refused. `placed` are there from the beginning.
 */
export function orders(
  options: BackendOptions & { readonly placed?: readonly ({ orderId: string } & Placing)[] } = {},
): Backend<
  { orders: Orders },
  {
    place: Operation<'write', Placing, { orderId: string; cents: number }>
    ship: Operation<'write', { orderId: string }, { shipped: true; etag: string }>
    cancel: Operation<'write', { orderId: string }, { cancelled: true; etag: string }>
    get: Operation<'read', { orderId: string }, { order: Order | null }>
    list: Operation<'read', { customerId: string; after?: string | undefined }, Page<Order>>
  }
> {
  const keyed = options.keyed ?? true
  const backend = defineBackend({
    name: 'orders',
    ...place(options),
    state: (draw) => ({ orders: ordersFrom(options.placed ?? [], draw), met: new Met() }),
    operations: ({ read, write }) => ({
      place: write({
        http: 'POST /orders',
        input: placing,
        once: ({ customerId, lines }) => `${customerId}: ${canonical(lines)}`,
        keyed,
        apply: ({ orders, met }, { customerId, lines }, draw) => {
          const orderId = freshId(met, 'or', customerId)
          const shipTo = draw.fake('city', (faker) => faker.location.city())
          const order = orderOf(orderId, customerId, lines, shipTo)
          orders.set(orderId, order)
          return { orderId, cents: order.cents }
        },
      }),
      ship: write({
        http: 'POST /orders/:orderId/ship',
        input: named,
        keyed,
        apply: ({ orders }, { orderId }) => ({ shipped: true as const, etag: moved(orders, orderId, 'shipped') }),
        rival: ({ orders }, { orderId }) => void moved(orders, orderId, 'cancelled'),
      }),
      cancel: write({
        http: 'POST /orders/:orderId/cancel',
        input: named,
        keyed,
        undoes: ({ orderId }) => ({
          operation: 'place',
          matches: (_input, answer: { orderId: string }) => answer.orderId === orderId,
        }),
        apply: ({ orders }, { orderId }) => ({ cancelled: true as const, etag: moved(orders, orderId, 'cancelled') }),
        rival: ({ orders }, { orderId }) => void moved(orders, orderId, 'shipped'),
      }),
      get: read({
        http: 'GET /orders/:orderId',
        input: named,
        answer: ({ orders }, { orderId }) => ({ order: orders.get(orderId) ?? null }),
      }),
      list: read({
        http: 'GET /orders',
        input: z.object({ customerId: z.string(), after: z.string().optional() }),
        answer: ({ orders }, { customerId, after }) =>
          pageOf(
            [...orders.values()].filter((order) => order.customerId === customerId),
            ({ orderId }) => orderId,
            after,
          ),
      }),
    }),
  })
  return backend as never
}

const ordersFrom = (placed: readonly ({ orderId: string } & Placing)[], draw: Draw): Orders =>
  new Map(
    placed.map(({ orderId, customerId, lines }) => {
      const shipTo = draw.fake(orderId, (faker) => faker.location.city())
      return [orderId, orderOf(orderId, customerId, lines, shipTo)]
    }),
  )

const orderOf = (orderId: string, customerId: string, lines: readonly OrderLine[], shipTo: string): Order => ({
  ...{ orderId, customerId, shipTo, lines },
  cents: lines.reduce((sum, line) => sum + centsOf(line), 0),
  status: 'placed',
  etag: nonceOf(orderId, 'placed'),
})

/** What is done twice is done; what was cancelled is not shipped, and the other way round. */
function moved(orders: Orders, orderId: string, status: 'shipped' | 'cancelled'): string {
  const order = orders.get(orderId)
  if (order === undefined) throw missing(`order ${orderId}`)
  if (order.status !== 'placed' && order.status !== status) throw conflict(`order ${orderId} was ${order.status}`)
  const etag = nonceOf(orderId, status)
  orders.set(orderId, { ...order, status, etag })
  return etag
}
