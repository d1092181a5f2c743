/** Takes an order as one saga: charge, reserve, and the notice last, because nobody can take it back. */

import type { Clients } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'
import type { notices } from '../backends/notices.ts'
import type { payment } from '../backends/payment.ts'
import type { stock } from '../backends/stock.ts'

type Services = Clients<{ payment: typeof payment; stock: typeof stock; notices: typeof notices }>

export const orderAgent = ({ payment, stock, notices }: Services) => {
  const charge = defineTool({
    name: 'charge',
    description: 'Charge the customer for an order',
    effect: 'write',
    input: z.object({ orderId: z.string(), cents: z.int().positive() }),
    output: z.object({ chargeId: z.string() }),
    execute: (input, { key, signal }) => payment.charge(input, { idempotencyKey: key, signal }),
    compensate: ({ orderId }, { key, signal }) => payment.refund({ orderId }, { idempotencyKey: key, signal }),
  })
  const reserve = defineTool({
    name: 'reserve',
    description: 'Reserve articles for an order',
    effect: 'write',
    input: z.object({ orderId: z.string(), sku: z.string(), count: z.int().positive() }),
    output: z.object({ reservationId: z.string() }),
    execute: (input, { key, signal }) => stock.reserve(input, { idempotencyKey: key, signal }),
    compensate: ({ orderId }, { key, signal }) => stock.release({ orderId }, { idempotencyKey: key, signal }),
  })
  const notify = defineTool({
    name: 'notify',
    description: 'Tell the customer that the order is taken',
    effect: 'irreversible',
    // Who can name neither the charge nor the reservation has nothing to tell.
    input: z.object({ orderId: z.string(), chargeId: z.string(), reservationId: z.string() }),
    output: z.object({ noticeId: z.string() }),
    execute: (input, { key, signal }) => notices.send(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({
    name: 'order',
    instructions: 'Charge, reserve, and only then tell the customer.',
    tools: [charge, reserve, notify],
    limits: { turns: 8 },
    // One attempt more than a breaker bears: the last one is spared a service that is down.
    retry: { attempts: 4 },
    saga: true,
  })
}
