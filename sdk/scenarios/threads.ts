/** A task for an agent that serves several customers at once, each in a thread of their own, and what must be true of it. */

import { defineScenario, type Scenario } from 'stormproof'
import { type Desk, openDesk } from '../agents/langgraph-threads.ts'
import { shop } from '../backends/shop.ts'

/** `clients` are one object for all sessions of a process: what a process makes once is kept by it. */
const desks = new WeakMap<object, Desk>()

function deskOf(process: object): Desk {
  const desk = desks.get(process) ?? openDesk()
  desks.set(process, desk)
  return desk
}

interface Tools {
  findOrder: { execute(input: { orderId: string }): { orderId: string; cents: number } }
  charge: { execute(input: { orderId: string; cents: number }): { chargeId: string; cents: number } }
}

/** `threadOf` says in which thread a session talks. */
export const threadScenario = (name: string, threadOf: (session: string) => string): Scenario =>
  defineScenario<{ shop: typeof shop }, Tools, string>({
    name,
    backends: { shop },
    run: (clients, session) => deskOf(clients)(threadOf(session), `I am ${session}. Charge my order A-7.`),
    model: ({ call, say }) => [
      call('findOrder', { orderId: 'A-7' }),
      call('charge', (seen) => ({ orderId: 'A-7', cents: seen('findOrder').cents })),
      say('Charged.'),
    ],
    always: { 'an order is charged once': ({ ledger }) => ledger.shop.charge.length <= 1 },
    // As of every agent here: a lost answer, and a model that asks again. Two calls under one id are one to LangGraph.
    breaks: ['an order is charged once', 'at-most-once-effect', 'tool-pairing'],
    success: ({ ledger }) => ledger.shop.charge.length === 1,
  })
