/** A till whose service adds nothing up: each sale reads what is in it and writes what is in it then, so that two at once lose one. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const named = z.strictObject({ till: z.string() })
const counted = z.strictObject({ till: z.string(), cents: z.int(), sales: z.array(z.string()) })

const shop = defineBackend({
  name: 'shop',
  state: () => ({ tills: {} as Record<string, { cents: number; sales: readonly string[] }> }),
  operations: ({ read, write }) => ({
    count: read({
      input: named,
      consistent: true,
      about: ({ till }) => [till],
      answer: ({ tills }, { till }) => tills[till] ?? { cents: 0, sales: [] },
    }),
    put: write({
      input: counted,
      keyed: true,
      about: ({ till }) => [till],
      partial: () => undefined,
      apply: ({ tills }, { till, cents, sales }) => {
        tills[till] = { cents, sales }
        return { cents }
      },
    }),
  }),
})

type Services = Clients<{ shop: typeof shop }>

const cashier = ({ shop }: Services) => {
  const sell = defineTool({
    name: 'sell',
    description: 'Take money for something',
    effect: 'write',
    input: z.strictObject({ till: z.string(), sale: z.string(), cents: z.int() }),
    output: z.strictObject({ cents: z.int() }),
    resources: ({ till }) => [till],
    execute: async ({ till, sale, cents }, { key, signal }) => {
      const before = await shop.count({ till }, { signal })
      if (before.sales.includes(sale)) return { cents: before.cents }
      const after = { till, cents: before.cents + cents, sales: [...before.sales, sale] }
      // What is in the till may be another thing when it is tried again.
      return shop.put(after, { idempotencyKey: `${key}/${before.sales.length}`, signal })
    },
  })
  return defineAgent({ name: 'cashier', instructions: 'Sell what is asked for.', tools: [sell] })
}

type Cashier = ReturnType<typeof cashier>

export const till = (name: string, change: (agent: Cashier) => Cashier): Scenario =>
  defineScenario({
    name,
    backends: { shop },
    agent: (services) => change(cashier(services)),
    prompt: 'A coffee and a roll.',
    onFailure: 'any',
    model: ({ call, say }) => [
      [call('sell', { till: 'A', sale: 'coffee', cents: 300 }), call('sell', { till: 'A', sale: 'roll', cents: 200 })],
      call('sell', { till: 'A', sale: 'water', cents: 100 }),
      say('Sold.'),
    ],
  })
