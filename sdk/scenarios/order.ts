/** The task that every agent here is given, and what must be true of it: one scenario for all, whatever the agent is written on. */

import { defineScenario, type Scenario } from 'stormproof'
import { shop } from '../backends/shop.ts'

interface Tools {
  findOrder: { execute(input: { orderId: string }): { orderId: string; cents: number } }
  charge: { execute(input: { orderId: string; cents: number }): { chargeId: string; cents: number } }
  mail: { execute(input: { orderId: string; text: string }): { sent: boolean } }
}

type Options = Parameters<typeof defineScenario<{ shop: typeof shop }, Tools, unknown>>[0]

/** `agent` gets the prompt. `more` is what one agent has beside the task: its tools, what it is known to break. */
export const orderScenario = (
  name: string,
  agent: (prompt: string) => unknown,
  more: Partial<Pick<Options, 'breaks' | 'tools' | 'restart' | 'isolate'>> = {},
): Scenario =>
  defineScenario<{ shop: typeof shop }, Tools, unknown>({
    name,
    backends: { shop },
    run: () => agent('Charge order A-7 and mail the receipt.'),
    model: ({ call, say }) => [
      call('findOrder', { orderId: 'A-7' }),
      [
        call('charge', (seen) => ({ orderId: 'A-7', cents: seen('findOrder').cents })),
        call('mail', (seen) => ({
          orderId: 'A-7',
          text: `Receipt of order A-7 over ${seen('findOrder').cents} cents.`,
        })),
      ],
      say('Charged, and the receipt is on its way.'),
    ],
    always: {
      'an order is charged once': ({ ledger }) => ledger.shop.charge.length <= 1,
      'what is charged is the price': ({ ledger }) => ledger.shop.charge.every(({ input }) => input.cents > 0),
    },
    breaks: ['an order is charged once', 'at-most-once-effect'],
    success: ({ ledger }) => ledger.shop.charge.length === 1 && ledger.shop.mail.length === 1,
    ...more,
  })
