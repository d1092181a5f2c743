/** An agent that may refund what nobody owes: the lead must say so, and has a minute for it. */

import type { Clients } from 'stormproof'
import type { payments, tickets } from 'stormproof/backends'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

type Services = Clients<{ payments: ReturnType<typeof payments>; tickets: ReturnType<typeof tickets> }>

export const goodwillAgent = ({ payments, tickets }: Services) => {
  const refund = defineTool({
    name: 'refund',
    description: 'Refund a charge',
    effect: 'irreversible',
    approval: { approvers: ['lead'], expiresMs: 60_000 },
    input: z.object({ chargeId: z.string(), cents: z.int().positive() }),
    output: z.object({ refundId: z.string() }),
    execute: (input, { key, signal }) => payments.refund(input, { idempotencyKey: key, signal }),
  })
  const offer = defineTool({
    name: 'offer',
    description: 'Open a ticket about what is offered instead',
    effect: 'write',
    input: z.object({ subject: z.string() }),
    output: z.object({ ticketId: z.string() }),
    execute: (input, { key, signal }) => tickets.open(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({ name: 'goodwill', instructions: 'Refund what the lead allows.', tools: [refund, offer] })
}
