/** Tools with one bug each: two or more for every clause. */

import { z } from 'zod'
import type { ClauseName, ToolOptions } from '../../../../src/tool.js'
import { bank, token, url } from './bank.js'
import {
  type Account,
  account,
  ask,
  type Handed,
  look,
  type Payment,
  patience,
  payment,
  ServiceError,
  send,
} from './honest.js'

export interface Planted {
  readonly says: string
  readonly clause: ClauseName
  readonly tool: unknown
  readonly options?: ToolOptions<any, any>
}

const backends = { bank }
const pay = (input: unknown, handed: Handed) => send('POST', '/payments', input, handed)
const jsonPayment = {
  type: 'object',
  properties: { account: { enum: ['A', 'B'] }, cents: { type: 'integer', minimum: 1, maximum: 1_000 } },
  required: ['account', 'cents'],
}
const put = (name: string, cents: number, { signal }: Handed) =>
  ask(`/accounts/${name}`, { method: 'PUT', body: JSON.stringify({ cents }), signal: patience(signal) })
let current = ''
let seen = 0

export const planted: readonly Planted[] = [
  {
    says: 'shows its schema to the model and looks at nothing',
    clause: 'rejects-invalid-input',
    tool: {
      parameters: jsonPayment,
      execute: (input: unknown, handed: Handed) => pay({ account: 'A', cents: 1, ...(input as object) }, handed),
    },
    options: { backends },
  },
  {
    says: 'takes a text for a number',
    clause: 'rejects-invalid-input',
    tool: {
      parameters: jsonPayment,
      execute: (input: any, handed: Handed) => {
        const cents = Number(input?.cents)
        if (!['A', 'B'].includes(input?.account) || !(cents >= 1 && cents <= 1_000)) throw new RangeError('no payment')
        return pay({ account: input.account, cents: Math.round(cents) }, handed)
      },
    },
    options: { backends },
  },
  {
    says: 'notes the call before it looks at it',
    clause: 'rejects-invalid-input',
    tool: {
      parameters: jsonPayment,
      execute: async (input: any, handed: Handed) => {
        await send('POST', '/notes', { text: 'a payment was asked for' }, handed)
        return pay(payment.parse(input), handed)
      },
    },
    options: { backends },
  },
  {
    says: 'names a field otherwise than its schema does',
    clause: 'output-fits-schema',
    tool: {
      input: payment,
      output: z.object({ paymentId: z.string() }),
      execute: async (input: Payment, handed: Handed) => ({ payment_id: (await pay(input, handed)).id }),
    },
    options: { backends },
  },
  {
    says: 'returns a text for a large amount',
    clause: 'output-fits-schema',
    tool: {
      input: payment,
      output: z.object({ id: z.string(), cents: z.number() }),
      execute: async (input: Payment, handed: Handed) => {
        const made = await pay(input, handed)
        return input.cents > 700 ? { ...made, cents: `${made.cents}` } : made
      },
    },
    options: { backends },
  },
  {
    says: 'makes one error of all',
    clause: 'errors-typed',
    tool: {
      input: payment,
      execute: (input: Payment, handed: Handed) =>
        pay(input, handed).catch(() => {
          throw new Error('the payment failed')
        }),
    },
    options: { backends },
  },
  {
    says: 'says that it worked when it was refused',
    clause: 'errors-typed',
    tool: {
      input: payment,
      execute: (input: Payment, handed: Handed) =>
        pay(input, handed).then(
          () => 'done',
          () => 'done',
        ),
    },
    options: { backends },
  },
  {
    says: 'throws a text',
    clause: 'errors-typed',
    tool: {
      input: payment,
      execute: (input: Payment, handed: Handed) =>
        pay(input, handed).catch((error: Error) => Promise.reject(error.message)),
    },
    options: { backends },
  },
  {
    says: 'does not hand its signal on',
    clause: 'honours-abort',
    tool: {
      input: payment,
      execute: (input: Payment, { key }: Handed) => pay(input, { key, signal: AbortSignal.timeout(10_000) }),
    },
    options: { backends },
  },
  {
    says: 'writes after its caller has left',
    clause: 'honours-abort',
    tool: {
      input: payment,
      execute: async (input: Payment, handed: Handed) => {
        const { cents } = await look(`/accounts/${input.account}`, handed).catch(() => ({ cents: 0 }))
        await pay(input, { key: handed.key, signal: AbortSignal.timeout(10_000) })
        return { cents }
      },
    },
    options: { backends },
  },
  {
    says: 'pays without a key',
    clause: 'idempotent',
    tool: {
      input: payment,
      execute: (input: Payment, { signal }: Handed) =>
        ask('/payments', { method: 'POST', body: JSON.stringify(input), signal: patience(signal) }),
    },
    options: { backends },
  },
  {
    says: 'makes a key of the time',
    clause: 'idempotent',
    tool: {
      input: payment,
      execute: (input: Payment, { signal }: Handed) => pay(input, { key: `${input.account}-${Date.now()}`, signal }),
    },
    options: { backends },
  },
  {
    says: 'has a key for the payment and none for the note',
    clause: 'idempotent',
    tool: {
      input: payment,
      execute: async (input: Payment, handed: Handed) => {
        const made = await pay(input, handed)
        await ask('/notes', {
          method: 'POST',
          body: JSON.stringify({ text: `paid ${made.id}` }),
          signal: patience(handed.signal),
        })
        return made
      },
    },
    options: { backends },
  },
  {
    says: 'counts who looks',
    clause: 'read-only',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, handed: Handed) => {
        await send('POST', '/notes', { text: `looked at ${name}` }, handed)
        return { cents: (await look(`/accounts/${name}`, handed)).cents }
      },
    },
    options: { backends, claims: { effect: 'read' } },
  },
  {
    says: 'mends what it finds when it is long',
    clause: 'read-only',
    tool: {
      input: z.object({ text: z.string().max(200) }),
      execute: async ({ text }: { text: string }, handed: Handed) => {
        if (text.length > 60) await send('POST', '/notes', { text }, handed)
        return { cents: (await look('/accounts/A', handed)).cents }
      },
    },
    options: { backends, claims: { effect: 'read' } },
  },
  {
    says: 'takes back a cent too few',
    clause: 'compensates',
    tool: { input: payment, execute: pay },
    options: {
      backends,
      compensate: (input: Payment, { bank: client }: any) => client.takeBack({ ...input, cents: input.cents - 1 }),
    },
  },
  {
    says: 'takes back twice when it is asked twice',
    clause: 'compensates',
    tool: { input: payment, execute: pay },
    options: { backends, compensate: (input: Payment, { bank: client }: any) => client.takeBack(input) },
  },
  {
    says: 'adds to a balance that it read before',
    clause: 'concurrent-safe',
    tool: {
      input: payment,
      execute: async ({ account: name, cents }: Payment, handed: Handed) => {
        const before = await look(`/accounts/${name}`, handed)
        const after = await put(name, before.cents + cents, handed)
        return { cents: after.cents }
      },
    },
    options: { backends },
  },
  {
    says: 'keeps its account in a variable of its module',
    clause: 'concurrent-safe',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, handed: Handed) => {
        current = name
        const { cents } = await look(`/accounts/${name}`, handed)
        return { account: current, cents }
      },
    },
    options: { backends },
  },
  {
    says: 'hands on all of the record, its token too',
    clause: 'no-secret',
    tool: {
      input: account,
      execute: ({ account: name }: Account, handed: Handed) => look(`/accounts/${name}`, handed),
    },
    options: { backends },
  },
  {
    says: 'puts what it authenticates with into the error',
    clause: 'no-secret',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, { signal }: Handed) => {
        const init = { headers: { authorization: `Bearer ${token}` }, signal: patience(signal) }
        const answer = await fetch(`${url}/accounts/${name}`, init)
        if (!answer.ok) throw Object.assign(new ServiceError(answer.status), { request: init.headers })
        return { cents: ((await answer.json()) as { cents: number }).cents }
      },
    },
    options: { backends },
  },
  {
    says: 'logs what it authenticates with',
    clause: 'no-secret',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, { signal }: Handed) => {
        const headers = { authorization: 'Bearer sk-live-51Habcdefghijk' }
        console.log('asking the bank', headers)
        const { cents } = await ask(`/accounts/${name}`, { headers, signal: patience(signal) })
        return { cents }
      },
    },
    options: { backends },
  },
  {
    says: 'returns a map',
    clause: 'round-trips',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, handed: Handed) =>
        new Map([[name, (await look(`/accounts/${name}`, handed)).cents]]),
    },
    options: { backends },
  },
  {
    says: 'divides by what may be nothing',
    clause: 'round-trips',
    tool: {
      input: z.object({ total: z.number().min(1).max(100), parts: z.number().int().min(0).max(20) }),
      execute: ({ total, parts }: { total: number; parts: number }) => ({ each: total / parts }),
    },
  },
  {
    says: 'waits for ever for a silent service',
    clause: 'terminates',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, { signal }: Handed) => {
        const { cents } = await ask(`/accounts/${name}`, { signal })
        return { cents }
      },
    },
    options: { backends },
  },
  {
    says: 'tries again until it is let in',
    clause: 'terminates',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, handed: Handed) => {
        for (;;) {
          try {
            return { cents: (await look(`/accounts/${name}`, handed)).cents }
          } catch (error) {
            if ((error as ServiceError).status !== 429) throw error
            await new Promise((done) => setTimeout(done, 600_000))
          }
        }
      },
    },
    options: { backends },
  },
  {
    says: 'remembers between calls how often it was called',
    clause: 'concurrent-safe',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, handed: Handed) => {
        const mine = ++seen
        await look(`/accounts/${name}`, handed)
        return { account: name, isLast: mine === seen }
      },
    },
    options: { backends },
  },
]
