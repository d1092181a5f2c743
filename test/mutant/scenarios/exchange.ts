/** An exchange that is asked for prices, before and after a nap: what its asker declares of limits, breakers and budgets comes up. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const share = z.object({ of: z.string() })

const market = defineBackend({
  name: 'market',
  state: () => ({}),
  operations: ({ read }) => ({ price: read({ input: share, answer: (_state, { of }) => ({ cents: of.length }) }) }),
})

interface Bounds {
  readonly quotesPerMinute?: number
  readonly breaker?: { readonly failures: number; readonly resetMs: number }
  readonly budget?: { readonly tokens: number }
  /** Asks for C and D at once, not for C alone. */
  readonly both?: boolean
  /** Asks for so many prices more before it is done, one after the other. */
  readonly more?: number
}

type Services = Clients<{ market: typeof market }>

/** Longer than a minute, and than the pause of any breaker here, by more than a slow store takes. */
const napMs = 95_000

const broker = ({ market }: Services, { quotesPerMinute, breaker, budget }: Bounds) => {
  const quote = defineTool({
    name: 'quote',
    description: 'The price of a share',
    effect: 'read',
    input: share,
    output: z.object({ cents: z.int() }),
    ...(quotesPerMinute === undefined ? {} : { rateLimitPerMinute: quotesPerMinute }),
    execute: (input, { signal }) => market.price(input, { signal }),
  })
  const nap = defineTool({
    name: 'nap',
    description: 'Wait a while',
    effect: 'read',
    input: z.object({}),
    output: z.object({ rested: z.boolean() }),
    timeoutMs: 2 * napMs,
    execute: async () => {
      await new Promise((resolve) => setTimeout(resolve, napMs))
      return { rested: true }
    },
  })
  return defineAgent({
    name: 'broker',
    instructions: 'Ask for prices.',
    tools: [quote, nap],
    limits: { turns: 20, timeMs: 1_200_000 },
    ...(breaker ? { breaker } : {}),
    ...(budget ? { budget } : {}),
  })
}

type Broker = ReturnType<typeof broker>

export const exchange = (name: string, bounds: Bounds, change: (agent: Broker) => Broker): Scenario =>
  defineScenario({
    name,
    backends: { market },
    agent: (services) => change(broker(services, bounds)),
    prompt: 'What do A and B cost, and C after a nap?',
    onFailure: 'go-on',
    model: ({ call, say }) => [
      call('quote', { of: 'A' }),
      call('quote', { of: 'B' }),
      call('nap', {}),
      bounds.both ? [call('quote', { of: 'C' }), call('quote', { of: 'D' })] : call('quote', { of: 'C' }),
      ...Array.from({ length: bounds.more ?? 0 }, (_, index) => call('quote', { of: `E${index}` })),
      say('Asked.'),
    ],
  })
