/** A bank that tools of the planted kinds ask: it honours keys, knows what takes back what, and keeps a token that is nobody's business. */

import { z } from 'zod'
import { defineBackend } from '../../../../src/index.js'

export const url = 'https://bank.example'
/** The token of the customer's account. */
export const token = 'tk-9fQ2xL7vR4mZ'

const transfer = z.object({ account: z.string(), cents: z.number() })

export const bank = defineBackend({
  name: 'bank',
  baseUrl: url,
  secrets: [token],
  state: () => ({
    balances: new Map<string, number>([
      ['A', 100],
      ['B', 0],
    ]),
    paid: new Map<string, { account: string; cents: number }>(),
    read: 0,
  }),
  operations: ({ read, write }) => ({
    account: read({
      http: 'GET /accounts/:account',
      input: z.object({ account: z.string() }),
      answer: ({ balances }, { account }) => ({ account, cents: balances.get(account) ?? 0, token }),
    }),
    pay: write({
      http: 'POST /payments',
      input: transfer,
      keyed: true,
      apply: ({ balances, paid }, { account, cents }) => {
        const id = `p${paid.size + 1}`
        paid.set(id, { account, cents })
        balances.set(account, (balances.get(account) ?? 0) + cents)
        return { id, cents }
      },
    }),
    takeBack: write({
      http: 'POST /payments/back',
      input: transfer,
      keyed: true,
      undoes: ({ account, cents }) => ({
        operation: 'pay',
        matches: (made: { account: string; cents: number }) => made.account === account && made.cents === cents,
      }),
      apply: ({ balances }, { account, cents }) => {
        balances.set(account, (balances.get(account) ?? 0) - cents)
        return { done: true }
      },
    }),
    setBalance: write({
      http: 'PUT /accounts/:account',
      input: z.object({ account: z.string(), cents: z.number() }),
      apply: ({ balances }, { account, cents }) => {
        balances.set(account, cents)
        return { account, cents }
      },
    }),
    note: write({
      http: 'POST /notes',
      input: z.object({ text: z.string() }),
      apply: (state) => {
        state.read++
        return { read: state.read }
      },
    }),
  }),
})
