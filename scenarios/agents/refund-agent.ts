/** An agent that refunds what broke: money leaves only when the lead and finance say so, and a letter when the lead does. */

import type { Clients } from 'stormproof'
import type { mail, payments } from 'stormproof/backends'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

type Services = Clients<{ payments: ReturnType<typeof payments>; mail: ReturnType<typeof mail> }>

export const refundAgent = ({ payments, mail }: Services) => {
  const charge = defineTool({
    name: 'charge',
    description: 'Charge an order',
    effect: 'write',
    input: z.object({ orderId: z.string(), cents: z.int().positive() }),
    output: z.object({ chargeId: z.string() }),
    execute: (input, { key, signal }) => payments.charge(input, { idempotencyKey: key, signal }),
  })
  const refund = defineTool({
    name: 'refund',
    description: 'Refund a charge',
    effect: 'irreversible',
    approval: { approvers: ['lead', 'finance'] },
    input: z.object({ chargeId: z.string(), cents: z.int().positive() }),
    output: z.object({ refundId: z.string() }),
    execute: (input, { key, signal }) => payments.refund(input, { idempotencyKey: key, signal }),
  })
  const notify = defineTool({
    name: 'notify',
    description: 'Send a mail',
    effect: 'irreversible',
    approval: { approvers: ['lead'], expiresMs: 60_000 },
    input: z.object({ to: z.string(), subject: z.string() }),
    output: z.object({ messageId: z.string() }),
    execute: (input, { key, signal }) => mail.send(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({ name: 'refunds', instructions: 'Refund what broke.', tools: [charge, refund, notify] })
}
