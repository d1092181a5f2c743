/** The task that every agent here is given, and what must be true of it: one scenario for all, whatever the agent is written on. */

import { defineScenario, type Scenario } from 'stormproof'
import { shop } from '../backends/shop.ts'

interface Tools {
  findOrder: { execute(input: { orderId: string }): { orderId: string; cents: number } }
  charge: { execute(input: { orderId: string; cents: number }): { chargeId: string; cents: number } }
  mail: { execute(input: { orderId: string; text: string }): { sent: boolean } }
}

type Options = Parameters<typeof defineScenario<{ shop: typeof shop }, Tools, unknown>>[0]

/** `agent` gets the prompt. `breaks` is what it is known to break beside what all of them do, `more` what only it has. */
export const orderScenario = (
  name: string,
  agent: (prompt: string) => unknown,
  { breaks = [], ...more }: Partial<Pick<Options, 'breaks' | 'tools' | 'restart' | 'isolate'>> = {},
): Scenario =>
  defineScenario<{ shop: typeof shop }, Tools, unknown>({
    name,
    backends: { shop },
    run: () => agent('Charge order A-7 and mail the receipt.'),
    model: ({ call, say }) => [
      call('findOrder', { orderId: 'A-7' }),
      [
        call('mail', (seen) => ({
          orderId: 'A-7',
          text: `Dear customer, thank you for your trust. This is your receipt of order A-7 over ${seen('findOrder').cents} cents.`,
        })),
        call('charge', (seen) => ({ orderId: 'A-7', cents: seen('findOrder').cents })),
      ],
      say('Charged, and the receipt is on its way.'),
    ],
    always: {
      'an order is charged once': ({ ledger }) => ledger.shop.charge.length <= 1,
      'the receipt is whole': ({ ledger }) => ledger.shop.mail.every(({ input }) => input.text.endsWith(' cents.')),
    },
    breaks: ['an order is charged once', 'at-most-once-effect', ...breaks],
    success: ({ ledger }) => ledger.shop.charge.length === 1 && ledger.shop.mail.length === 1,
    ...more,
  })
