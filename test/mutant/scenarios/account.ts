/** An account whose balance is read, changed and read again: what was read may be kept for as long as nothing changes. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const named = z.object({ account: z.string() })
const money = z.object({ account: z.string(), cents: z.int() })

const bank = defineBackend({
  name: 'bank',
  state: () => ({ cents: 100 }),
  operations: ({ read, write }) => ({
    balance: read({
      input: named,
      consistent: true,
      about: ({ account }) => [account],
      answer: ({ cents }) => ({ cents }),
    }),
    deposit: write({
      input: money,
      keyed: true,
      about: ({ account }) => [account],
      adds: true,
      apply: (state, { cents }) => {
        state.cents += cents
        return { cents: state.cents }
      },
    }),
  }),
})

type Services = Clients<{ bank: typeof bank }>

const teller = ({ bank }: Services) => {
  const resources = ({ account }: { account: string }) => [account]
  const balance = defineTool({
    name: 'balance',
    description: 'What is in the account',
    effect: 'read',
    input: named,
    output: z.object({ cents: z.int() }),
    resources,
    cacheMs: 3_600_000,
    execute: (input, { signal }) => bank.balance(input, { signal }),
  })
  const deposit = defineTool({
    name: 'deposit',
    description: 'Put money into the account',
    effect: 'write',
    input: money,
    output: z.object({ cents: z.int() }),
    resources,
    execute: (input, { key, signal }) => bank.deposit(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({ name: 'teller', instructions: 'Mind the account.', tools: [balance, deposit] })
}

type Teller = ReturnType<typeof teller>

export const account = (name: string, change: (agent: Teller) => Teller): Scenario =>
  defineScenario({
    name,
    backends: { bank },
    agent: (services) => change(teller(services)),
    prompt: 'Put 50 into A, and say what is in it before and after.',
    onFailure: 'go-on',
    model: ({ call, say }) => [
      call('balance', { account: 'A' }),
      call('balance', { account: 'A' }),
      call('deposit', { account: 'A', cents: 50 }),
      call('balance', { account: 'A' }),
      say('Done.'),
    ],
  })
