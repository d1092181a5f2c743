/** A bank whose tools declare all that tools can: what they touch, depend on, refuse, remember, and what stands in for them. */

import { type Clients, defineBackend, defineScenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const anAccount = z.strictObject({ account: z.string() })
const money = z.strictObject({ account: z.string(), cents: z.int() })

const bank = defineBackend({
  name: 'bank',
  state: () => ({ balance: {} as Record<string, number>, confirmed: [] as string[] }),
  operations: ({ read, write }) => ({
    balance: read({
      input: anAccount,
      about: ({ account }) => [account],
      answer: (state, { account }) => ({ cents: state.balance[account] ?? 0 }),
    }),
    statement: read({ input: anAccount, answer: () => ({ cents: 0 }) }),
    deposit: write({
      input: money,
      keyed: true,
      once: ({ account }) => account,
      about: ({ account }) => [account],
      adds: true,
      apply: (state, { account, cents }) => {
        state.balance[account] = (state.balance[account] ?? 0) + cents
        return { holds: state.balance[account] }
      },
    }),
    confirm: write({
      input: anAccount,
      keyed: true,
      once: ({ account }) => account,
      apply: (state, { account }) => {
        state.confirmed.push(account)
        return { confirmed: state.confirmed.length }
      },
    }),
  }),
})

type Backends = { bank: typeof bank }

const cents = z.strictObject({ cents: z.int() })
const touches = { resources: ({ account }: { account: string }) => [account] }

type Teller = ReturnType<typeof bankAgent>

const bankAgent = ({ bank }: Clients<Backends>) =>
  defineAgent({
    name: 'teller',
    instructions: 'Pay in what you are told to, and confirm it.',
    toolsAt: (turn) => (turn === 1 ? ['balance', 'deposit'] : ['balance', 'statement', 'deposit', 'confirm']),
    tools: [
      defineTool({
        name: 'balance',
        description: 'What an account holds',
        effect: 'read',
        input: anAccount,
        output: cents,
        ...touches,
        cacheMs: 3_600_000,
        fallback: 'statement',
        execute: (input, { signal }) => bank.balance(input, { signal }),
      }),
      defineTool({
        name: 'statement',
        description: 'What an account held last year',
        effect: 'read',
        input: anAccount,
        output: cents,
        execute: (input, { signal }) => bank.statement(input, { signal }),
      }),
      defineTool({
        name: 'deposit',
        description: 'Pays in',
        effect: 'write',
        version: '2',
        input: money,
        output: z.strictObject({ holds: z.int() }),
        ...touches,
        dedupe: 'args',
        policy: ({ cents }) => (cents > 10_000 ? 'more than 10,000 cents need a person' : undefined),
        execute: (input, { key, signal }) => bank.deposit(input, { idempotencyKey: key, signal }),
      }),
      defineTool({
        name: 'confirm',
        description: 'Confirms what was paid in',
        effect: 'write',
        input: anAccount,
        output: z.strictObject({ confirmed: z.int() }),
        ...touches,
        dependsOn: ({ account }, batch) =>
          batch
            .filter(({ tool, input }) => tool === 'deposit' && (input as { account?: string }).account === account)
            .map(({ call }) => call),
        execute: (input, { key, signal }) => bank.confirm(input, { idempotencyKey: key, signal }),
      }),
    ],
  })

/** With `twice` a deposit is proposed twice in one answer, and is one deposit. Then a model that starts over may mean it twice. */
export const bankScenario = (twice: boolean, change = (agent: Teller): Teller => agent) =>
  defineScenario({
    name: twice ? 'bank-twice' : 'bank',
    onFailure: twice ? 'go-on' : 'any',
    backends: { bank },
    agent: (services) => change(bankAgent(services)),
    prompt: 'Pay 500 into A and 700 into B, and confirm B.',
    model: ({ call, say }) => [
      [
        call('balance', { account: 'A' }),
        call('deposit', { account: 'A', cents: 500 }),
        ...(twice ? [call('deposit', { account: 'A', cents: 500 })] : []),
        call('deposit', { account: 'A', cents: 50_000 }),
        call('balance', { account: 'A' }),
      ],
      [
        call('confirm', { account: 'B' }),
        call('deposit', { account: 'B', cents: 700 }),
        call('balance', { account: 'A' }),
      ],
      [call('balance', { account: 'A' }), call('balance', { account: 'B' })],
      say('Both are paid in.'),
    ],
    always: {
      'nobody pays in too much': ({ ledger }) => ledger.bank.deposit.every(({ input }) => input.cents <= 10_000),
      'an account is paid into once': ({ ledger }) => ledger.bank.deposit.length <= 2,
    },
    success: ({ ledger }) => ledger.bank.deposit.length === 2 && ledger.bank.confirm.length === 1,
  })
