/** A bank with one operation of each kind: keyed and unkeyed writes, one that takes another back, one with parts, a read. */

import { z } from 'zod'
import { defineBackend } from '../../../src/sim/define-backend.js'

const amount = z.object({ to: z.string(), cents: z.number().positive() })

export const bank = defineBackend({
  name: 'bank',
  baseUrl: 'https://bank.example/v1/',
  state: () => ({ paid: [] as string[] }),
  operations: ({ read, write }) => ({
    pay: write({
      http: 'POST /accounts/:to/payments',
      input: amount,
      once: ({ to }) => to,
      keyed: true,
      apply: (state, { to }) => ({ id: `p-${state.paid.push(to)}` }),
    }),
    wire: write({ input: amount, apply: (state, { to }) => ({ id: `w-${state.paid.push(to)}` }) }),
    refund: write({
      input: z.object({ id: z.string() }),
      keyed: true,
      undoes: ({ id }) => ({ operation: 'pay', matches: (_input, answer: { id: string }) => answer.id === id }),
      apply: () => ({ refunded: true }),
    }),
    batch: write({ input: z.object({ to: z.array(z.string()) }), apply: (_state, { to }) => ({ done: to.length }) }),
    paid: read({
      http: 'GET /payments/:index',
      input: z.object({ index: z.number(), full: z.boolean().optional() }),
      answer: (state, { index, full }) =>
        state.paid[index] === undefined ? undefined : { to: state.paid[index], full },
    }),
    named: read({
      http: 'GET /names/:name',
      input: z.object({ name: z.string() }),
      answer: (_state, { name }) => ({ name }),
    }),
  }),
})
