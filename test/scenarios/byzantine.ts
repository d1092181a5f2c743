/** A clerk whose model and whose order service tell plausible untruths: nothing is malformed, and some of it is wrong. */

import { defineBackend, defineFault, defineScenario, policy } from 'stormproof'
import { defineAgent, defineTool, ToolFailure } from 'stormproof/runtime'
import { z } from 'zod'

/** What the order truly cost. */
export const owed = 4_900
/** The first is the truth. Two digits exchanged, another order's price, a point in the wrong place. */
const amounts = [owed, 9_400, 1_200, 490, 49_000] as const
const mostCents = 5_000

const till = defineBackend({
  name: 'till',
  state: () => ({}),
  operations: ({ read, write }) => ({
    price: read({ input: z.object({ orderId: z.string() }), answer: () => ({ cents: owed }) }),
    refund: write({
      input: z.object({ orderId: z.string(), cents: z.int().positive() }),
      once: ({ orderId }) => orderId,
      keyed: true,
      apply: (_state, { orderId, cents }) => {
        if (cents > mostCents) throw new ToolFailure('more than was ever paid', { retry: 'never' })
        return { refundId: `re_${orderId}` }
      },
    }),
  }),
})

const wrongPrice = defineFault({
  name: 'till/wrong-price',
  says: 'The service answers with another price, as well-formed as the true one.',
  backend: till,
  operation: 'price',
  after: (_answer, draw) => ({ cents: draw.pick('wrong-price', [490, 9_400, 1_200]) }),
  tolerated: false,
})

const orderId = 'A-7'

/** `lies`: whether the model may name another amount than it was shown. */
export const byzantine = (lies: boolean) =>
  defineScenario({
    name: lies ? 'byzantine' : 'honest',
    backends: { till },
    agent: ({ till }) => {
      const price = defineTool({
        name: 'price',
        description: 'What an order cost',
        effect: 'read',
        input: z.object({ orderId: z.string() }),
        output: z.object({ cents: z.int() }),
        execute: (input, { signal }) => till.price(input, { signal }),
      })
      const refund = defineTool({
        name: 'refund',
        description: 'Refund an order',
        effect: 'write',
        input: z.object({ orderId: z.string(), cents: z.int().positive() }),
        output: z.object({ refundId: z.string() }),
        policy: ({ cents }) => (cents > 2 * mostCents ? 'more than a clerk may refund' : undefined),
        execute: (input, { key, signal }) => till.refund(input, { idempotencyKey: key, signal }),
      })
      return defineAgent({ name: 'clerk', instructions: 'Refund the order.', tools: [price, refund] })
    },
    prompt: `Refund order ${orderId}.`,
    model: policy(({ messages, turn }, { call, say }, draw) => {
      const shown = /"cents":\s*(\d+)/.exec(messages.map(({ text }) => text).join('\n'))?.[1]
      if (turn === 1) return [call('price', { orderId })]
      if (turn > 2 || shown === undefined) return say('This is all I can do.')
      return [call('refund', { orderId, cents: lies ? draw.pick('amount', amounts) : Number(shown) })]
    }),
    faults: { add: [wrongPrice] },
  })
