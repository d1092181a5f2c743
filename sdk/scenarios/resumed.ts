/** A task for agents that can be started again after a crash, and what must be true of it however often they are. */

import { defineScenario, type Scenario } from 'stormproof'
import { type KeyOf, openaiResumable } from '../agents/openai-resumable.ts'
import { till } from '../backends/till.ts'

interface Tools {
  findOrder: { execute(input: { orderId: string }): { orderId: string; cents: number } }
  charge: { execute(input: { orderId: string; cents: number }): { chargeId: string; cents: number } }
}

/** `keys` makes, for each process, what gives charges their keys. */
export const resumedScenario = (name: string, keys: () => KeyOf | undefined, isolate = false): Scenario => {
  const run = (): Promise<string> => openaiResumable('s-1', 'Charge order A-7.', keys())
  return defineScenario<{ till: typeof till }, Tools, string>({
    name,
    backends: { till },
    run,
    restart: run,
    isolate,
    model: ({ call, say }) => [
      call('findOrder', { orderId: 'A-7' }),
      call('charge', (seen) => ({ orderId: 'A-7', cents: seen('findOrder').cents })),
      say('Charged.'),
    ],
    always: { 'an order is charged once': ({ ledger }) => ledger.till.charge.length <= 1 },
    success: ({ ledger }) => ledger.till.charge.length === 1,
  })
}
