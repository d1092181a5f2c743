/** Tools with one bug each, of the clauses about slow, long and half-done answers, about hostile texts, and about what a call leaves behind. */

import { z } from 'zod'
import { bank } from './bank.js'
import type { Planted } from './broken.js'
import { type Account, account, ask, type Handed, type Payment, patience, payment, send } from './honest.js'
import { pageOf, shelf } from './shelf.js'

const backends = { bank }
const note = z.object({ text: z.string().min(1).max(40) })
const both = (input: Payment, handed: Handed) => ({
  pay: () => send('POST', '/payments', input, handed),
  tell: () => send('POST', '/notes', { text: `paid ${input.account}` }, { ...handed, key: `${handed.key}-note` }),
})
let served = 0
let last = ''
export const plantedLater: readonly Planted[] = [
  {
    says: 'gives up before an ordinary answer comes',
    clause: 'timeouts-sane',
    tool: {
      input: account,
      execute: ({ account: name }: Account, { signal }: Handed) =>
        ask(`/accounts/${name}`, { signal: AbortSignal.any([signal, AbortSignal.timeout(300)]) }).then(({ cents }) => ({
          cents,
        })),
    },
    options: { backends },
  },
  {
    says: 'tries ten times, each with a limit of thirty seconds',
    clause: 'timeouts-sane',
    tool: {
      input: account,
      execute: async ({ account: name }: Account, { signal }: Handed) => {
        for (let tries = 1; ; tries++) {
          try {
            const { cents } = await ask(`/accounts/${name}`, {
              signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
            })
            return { cents }
          } catch (error) {
            if (signal.aborted || tries === 10 || (error as Error).name !== 'TimeoutError') throw error
          }
        }
      },
    },
    options: { backends },
  },
  {
    says: 'swallows the refusal of its second change',
    clause: 'partial-told',
    tool: {
      input: payment,
      execute: async (input: Payment, handed: Handed) => {
        const { pay, tell } = both(input, handed)
        const { id } = await pay()
        await tell().catch(() => undefined)
        return { id }
      },
    },
    options: { backends },
  },
  {
    says: 'says of half a call what it says of none',
    clause: 'partial-told',
    tool: {
      input: payment,
      execute: async (input: Payment, handed: Handed) => {
        const { pay, tell } = both(input, handed)
        await pay()
        await tell()
        return { done: true }
      },
    },
    options: { backends },
  },
  {
    says: 'asks for page after page',
    clause: 'bounded',
    tool: {
      input: z.object({}),
      execute: async (_input: object, { signal }: Handed) => {
        let [count, from] = [0, '']
        do {
          const page = await pageOf(from, signal)
          count += page.items.length
          from = page.next ?? ''
        } while (from !== '')
        return { count }
      },
    },
    options: { backends: { shelf } },
  },
  {
    says: 'hands on a list as long as it comes',
    clause: 'bounded',
    tool: {
      input: z.object({}),
      execute: async (_input: object, { signal }: Handed) => (await pageOf('', signal)).items,
    },
    options: { backends: { shelf } },
  },
  {
    says: 'puts a name into a path as it is',
    clause: 'no-injection',
    tool: {
      input: note,
      execute: ({ text }: { text: string }, { signal }: Handed) =>
        ask(`/accounts/${text}`, { signal: patience(signal) }).then(({ cents }) => ({ cents })),
    },
    options: { backends },
  },
  {
    says: 'writes JSON by hand',
    clause: 'no-injection',
    tool: {
      input: note,
      execute: ({ text }: { text: string }, { key, signal }: Handed) =>
        ask('/notes', {
          method: 'POST',
          body: `{"text":"${text}"}`,
          headers: { 'idempotency-key': key },
          signal: patience(signal),
        }),
    },
    options: { backends },
  },
  {
    says: 'counts its calls in a variable of its module',
    clause: 'deterministic',
    tool: { input: account, execute: ({ account: name }: Account) => ({ name, served: ++served }) },
  },
  {
    says: 'hands out what the call before it was asked for',
    clause: 'deterministic',
    tool: {
      input: account,
      execute: ({ account: name }: Account) => {
        const before = last
        last = name
        return { name, before }
      },
    },
  },
]
