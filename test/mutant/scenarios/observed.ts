/** An agent whose log is watched: it counts to zero, and pays with a card whose token stands deep in its arguments. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool, type LogLine, type Sink } from 'stormproof/runtime'
import { z } from 'zod'

const payment = z.object({ amount: z.number(), auth: z.object({ card_token: z.string() }) })

const till = defineBackend({
  name: 'till',
  state: () => ({ paid: 0 }),
  operations: ({ read, write }) => ({
    debts: read({ input: z.object({ of: z.string() }), answer: () => 0 }),
    pay: write({
      input: payment,
      keyed: true,
      apply: (state, { amount, auth }) => {
        state.paid += amount
        return { receipt: `paid with ${auth.card_token}` }
      },
    }),
  }),
})

type Hands = Clients<{ till: typeof till }>

export const cashier = ({ till }: Hands, sinks: readonly Sink[]) =>
  defineAgent({
    name: 'cashier',
    instructions: 'Settle the bill.',
    sinks,
    tools: [
      defineTool({
        name: 'debts',
        description: 'How many bills are open',
        effect: 'read',
        input: z.object({ of: z.string() }),
        output: z.number(),
        execute: (input, { signal }) => till.debts(input, { signal }),
      }),
      defineTool({
        name: 'pay',
        description: 'Pay a bill',
        effect: 'write',
        input: payment,
        output: z.object({ receipt: z.string() }),
        execute: (input, { key, signal }) => till.pay(input, { idempotencyKey: key, signal }),
      }),
    ],
  })

type Cashier = ReturnType<typeof cashier>

export const cardToken = 'tok_4f9a1c77e2'

/** `sinks` default to one that keeps nothing: the world sees each line all the same. */
export const observed = (
  name: string,
  change: (agent: Cashier) => Cashier = (agent) => agent,
  sinks: readonly Sink[] = [{ name: 'memory', log: (_line: LogLine) => undefined }],
  without: readonly string[] = [],
): Scenario =>
  defineScenario({
    name,
    backends: { till },
    agent: (hands) => change(cashier(hands, sinks)),
    prompt: 'Pay what is open.',
    model: ({ call, say }) => [
      call('pay', { amount: 49, auth: { card_token: cardToken } }),
      call('debts', { of: 'us' }),
      say('All paid.'),
    ],
    faults: { without },
    success: ({ ledger }) => ledger.till.pay.length === 1,
  })
