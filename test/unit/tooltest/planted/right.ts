/** Tools without a bug, of the kinds that the others have one of: nothing may be said against them. */

import { z } from 'zod'
import type { ToolOptions } from '../../../../src/tool.js'
import { bank } from './bank.js'
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
import { pageOf, shelf } from './shelf.js'

interface Right {
  readonly says: string
  readonly tool: unknown
  readonly options?: ToolOptions<any, any>
}

const backends = { bank }
const paid = z.object({ id: z.string(), cents: z.number() })
const jsonPayment = {
  type: 'object',
  properties: { account: { enum: ['A', 'B'] }, cents: { type: 'integer', minimum: 1, maximum: 1_000 } },
  required: ['account', 'cents'],
  additionalProperties: false,
}
const pay = (input: Payment, handed: Handed) => send('POST', '/payments', input, handed)

export const right: readonly Right[] = [
  { says: 'pays under a key', tool: { input: payment, output: paid, execute: pay }, options: { backends } },
  {
    says: 'pays under a key, as a tool of the AI SDK',
    tool: {
      description: 'Pay',
      inputSchema: payment,
      outputSchema: paid,
      execute: (input: Payment, { toolCallId, abortSignal }: { toolCallId: string; abortSignal: AbortSignal }) =>
        pay(input, { key: toolCallId, signal: abortSignal }),
    },
    options: { backends },
  },
  {
    says: 'looks at its input itself',
    tool: {
      parameters: jsonPayment,
      execute: async (input: unknown, handed: Handed) => {
        const checked = payment.strict().safeParse(input)
        if (!checked.success) throw new RangeError(checked.error.message)
        return pay(checked.data, handed)
      },
    },
    options: { backends },
  },
  {
    says: 'pays, and takes back under a key',
    tool: { input: payment, output: paid, execute: pay },
    options: {
      backends,
      compensate: async (input: Payment, { bank: client }: any) => {
        const { cents } = await client.account({ account: input.account })
        const before = input.account === 'A' ? 100 : 0
        if (cents === before) return
        await client.takeBack(input, { idempotencyKey: `back ${input.account} ${input.cents}` })
      },
    },
  },
  {
    says: 'sets a balance, which may be done again',
    tool: {
      input: payment,
      execute: ({ account: name, cents }: Payment, { signal }: Handed) =>
        ask(`/accounts/${name}`, { method: 'PUT', body: JSON.stringify({ cents }), signal: patience(signal) }),
    },
    options: { backends },
  },
  {
    says: 'reads, and hands on what is meant for others',
    tool: {
      input: account,
      output: z.object({ account: z.string(), cents: z.number() }),
      execute: async ({ account: name }: Account, handed: Handed) => {
        const { account: read, cents } = await look(`/accounts/${name}`, handed)
        return { account: read, cents }
      },
    },
    options: { backends },
  },
  {
    says: 'reads from a host that nobody declared',
    tool: {
      input: z.object({ city: z.string().min(1).max(40) }),
      execute: async ({ city }: { city: string }, { signal }: Handed) => {
        const answer = await fetch(`https://weather.example/${encodeURIComponent(city)}`, { signal: patience(signal) })
        return answer.ok ? { city, known: true } : { city, known: false, status: answer.status }
      },
    },
  },
  {
    says: 'tries again what may be tried again, three times at the most',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, handed: Handed) => {
        for (let left = 2; ; left--) {
          try {
            const { cents } = await look(`/accounts/${name}`, handed)
            return { cents }
          } catch (error) {
            if (left === 0 || handed.signal.aborted || !(error as { retryable?: boolean }).retryable) throw error
          }
        }
      },
    },
    options: { backends },
  },
  {
    says: 'only computes',
    tool: {
      input: z.object({ a: z.number().min(-1e6).max(1e6), b: z.number().min(-1e6).max(1e6) }),
      output: z.object({ sum: z.number() }),
      execute: ({ a, b }: { a: number; b: number }) => ({ sum: a + b }),
    },
  },
  {
    says: 'returns what is falsy',
    tool: {
      input: z.object({ text: z.string() }),
      execute: ({ text }: { text: string }) => (text.length % 3 === 0 ? 0 : text.length % 3 === 1 ? '' : null),
    },
  },
  {
    says: 'pages, within bounds',
    tool: {
      input: z.object({ from: z.number().int().min(0).max(90), limit: z.number().int().min(1).max(10) }),
      output: z.object({ items: z.array(z.number()).max(10), next: z.number().nullable() }),
      execute: ({ from, limit }: { from: number; limit: number }) => ({
        items: Array.from({ length: limit }, (_, index) => from + index),
        next: from + limit < 100 ? from + limit : null,
      }),
    },
  },
  {
    says: 'says openly that it was refused',
    tool: {
      input: payment,
      execute: async (input: Payment, { key, signal }: Handed) => {
        try {
          return { ok: true, ...(await send('POST', '/payments', input, { key, signal })) }
        } catch (error) {
          const { status, retryable } = error as { status?: number; retryable?: boolean }
          if (status === undefined) throw error
          return { ok: false, status, retryable }
        }
      },
    },
    options: { backends },
  },
  {
    says: 'reads five pages at the most, and cuts what it returns',
    tool: {
      input: z.object({}),
      execute: async (_input: object, { signal }: Handed) => {
        const titles: string[] = []
        let next: string | null = ''
        for (let pages = 0; next !== null && pages < 5; pages++) {
          const page = await pageOf(next, signal)
          titles.push(...page.items.slice(0, 50))
          next = page.next
        }
        return { titles, more: next !== null }
      },
    },
    options: { backends: { shelf } },
  },
  {
    says: 'writes a name into a path as a name',
    tool: {
      input: z.object({ name: z.string().min(1).max(40) }),
      execute: async ({ name }: { name: string }, handed: Handed) => {
        const { account: found, cents } = await look(`/accounts/${encodeURIComponent(name)}`, handed)
        return { account: found, cents }
      },
    },
    options: { backends },
  },
  {
    says: 'tells which part of it was refused',
    tool: {
      input: payment,
      execute: async (input: Payment, handed: Handed) => {
        const { id } = await pay(input, handed)
        try {
          await send('POST', '/payments', { account: 'B', cents: 0 }, { ...handed, key: `${handed.key}-fee` })
          return { id, feePaid: true }
        } catch (error) {
          if (!(error instanceof ServiceError) || error.retryable) throw error
          return { id, feePaid: false, because: error.status }
        }
      },
    },
    options: { backends },
  },
]
