/** A trader with every bound there is: rate limits, a breaker for the market behind two tools, a budget out of a common pool. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const share = z.object({ share: z.string() })

const market = defineBackend({
  name: 'market',
  state: () => ({ orders: 0 }),
  operations: ({ read, write }) => ({
    quote: read({ input: share, answer: (_state, { share }) => ({ price: share.length }) }),
    order: write({
      input: share,
      keyed: true,
      apply: (state) => {
        state.orders++
        return { order: state.orders }
      },
    }),
  }),
})

interface Bounds {
  readonly shared: boolean
  readonly countUnit: 'attempt' | 'call'
}

const trader = (clients: Clients<{ market: typeof market }>, { shared, countUnit }: Bounds) =>
  defineAgent({
    name: 'trader',
    instructions: 'Ask for quotes, then order.',
    limits: { inFlight: 2 },
    breaker: { failures: 2, resetMs: 5_000, countUnit, shared },
    budget: {
      tokens: 60_000,
      cost: 1,
      price: { input: 3, output: 15 },
      outputTokens: 500,
      pool: { name: 'desk', tokens: 100_000 },
    },
    tools: [
      defineTool({
        name: 'quote',
        description: 'The price of a share',
        effect: 'read',
        input: share,
        output: z.object({ price: z.number() }),
        rateLimitPerMinute: 2,
        dependency: 'market',
        execute: (input, { signal }) => clients.market.quote(input, { signal }),
      }),
      defineTool({
        name: 'order',
        description: 'Buy a share',
        effect: 'write',
        input: share,
        output: z.object({ order: z.number() }),
        rateLimitPerMinute: shared ? { calls: 2, shared } : 2,
        dependency: 'market',
        execute: (input, { key, signal }) => clients.market.order(input, { idempotencyKey: key, signal }),
      }),
    ],
  })

type Trader = ReturnType<typeof trader>

/** `shared`: breaker and the limit of orders live in cells of the store. The third quote and the third order are one too many. */
export const trading = (bounds: Bounds, change: (agent: Trader) => Trader = (agent) => agent): Scenario =>
  defineScenario({
    name: `trading-${bounds.shared ? 'shared' : 'own'}-${bounds.countUnit}`,
    backends: { market },
    agent: (clients) => change(trader(clients, bounds)),
    onFailure: 'go-on',
    prompt: 'Buy A, B and C.',
    model: ({ call, say }) => [
      [call('quote', { share: 'A' }), call('quote', { share: 'B' }), call('quote', { share: 'C' })],
      [call('order', { share: 'A' }), call('order', { share: 'B' })],
      call('order', { share: 'C' }),
      say('Bought.'),
    ],
    always: {
      'nothing is bought twice': ({ ledger }) =>
        new Set(ledger.market.order.map(({ input }) => input.share)).size === ledger.market.order.length,
    },
  })
