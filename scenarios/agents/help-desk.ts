/** A help desk that reads what strangers wrote: whatever it says, only what was granted is done. */

import type { Clients } from 'stormproof'
import type { documents, orders, rest, table } from 'stormproof/backends'
import { defineAgent, defineTool, semanticStore } from 'stormproof/runtime'
import { z } from 'zod'

type Customer = { id: string; name: string; note: string; password: string }
type Services = Clients<{
  customers: ReturnType<typeof table<Customer>>
  manual: ReturnType<typeof documents>
  orders: ReturnType<typeof orders>
  outbox: ReturnType<typeof rest>
}>

export const helpDesk = ({ customers, manual, orders, outbox }: Services) => {
  const findCustomer = defineTool({
    name: 'find_customer',
    description: 'The name of a customer, and what colleagues noted',
    effect: 'read',
    input: z.object({ id: z.string() }),
    output: z.object({ name: z.string(), note: z.string() }),
    execute: async ({ id }, { signal }) => {
      const { rows } = await customers.select({ where: { id } }, { signal })
      const [{ name, note } = { name: 'nobody', note: '' }] = rows
      return { name, note }
    },
  })
  const searchManual = defineTool({
    name: 'search_manual',
    description: 'Search the manual, to which customers add notes',
    effect: 'read',
    // No order and no message changes what the manual says.
    resources: () => ['manual'],
    cacheMs: 60_000,
    input: z.object({ query: z.string() }),
    output: z.object({ pages: z.array(z.string()) }),
    execute: async (input, { signal }) => {
      const { hits } = await manual.search(input, { signal })
      return { pages: hits.map(({ text }) => text) }
    },
  })
  const cancelOrder = defineTool({
    name: 'cancel_order',
    description: 'Cancel an order',
    effect: 'write',
    resources: ({ orderId }) => [`order ${orderId}`],
    input: z.object({ orderId: z.string() }),
    output: z.object({ cancelled: z.literal(true), etag: z.string() }),
    execute: (input, { key, signal }) => orders.cancel(input, { idempotencyKey: key, signal }),
  })
  const answer = defineTool({
    name: 'answer',
    description: 'Write to somebody',
    effect: 'write',
    resources: () => ['outbox'],
    input: z.object({ to: z.string(), body: z.string() }),
    output: z.object({ id: z.string() }),
    execute: ({ to, body }, { key, signal }) =>
      outbox.create({ resource: 'messages', to, body }, { idempotencyKey: key, signal }),
  })
  return defineAgent({
    name: 'help-desk',
    instructions: 'Help the customer whose order is A-7.',
    tools: [findCustomer, searchManual, cancelOrder, answer],
    limits: { turns: 12 },
    guards: { marking: true },
    context: { windowTokens: 1_500 },
    // What it remembers outlives its sessions, and so does what others had it remember.
    memory: { items: 3, semantic: semanticStore() },
    grants: {
      find_customer: () => true,
      search_manual: () => true,
      cancel_order: ({ orderId }) => orderId === 'A-7',
      answer: ({ to }) => to === 'ann@shop.example',
    },
  })
}
