/** Each clause: a tool that breaks it, and one of the same kind that keeps it. */

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineBackend } from '../../../src/index.js'
import { judged } from './judged.js'

const api = 'https://api.pay.example'
const amount = z.object({ orderId: z.string().min(1), cents: z.number().int().positive() })
type Amount = z.infer<typeof amount>
interface Call {
  readonly signal: AbortSignal
}

const post = (path: string, body: unknown, init: RequestInit = {}): Promise<Response> =>
  fetch(`${api}${path}`, { method: 'POST', body: JSON.stringify(body), ...init })

/** Accounts with a balance, which is read and written by itself or moved in one go. */
const bank = defineBackend({
  name: 'bank',
  baseUrl: api,
  state: () => ({ balance: 100, moved: new Map<string, number>() }),
  operations: ({ read, write }) => ({
    balance: read({ http: 'GET /balance', input: z.object({}), answer: ({ balance }) => ({ balance }) }),
    set: write({
      http: 'POST /balance',
      input: z.object({ balance: z.number() }),
      apply: (state, { balance }) => {
        state.balance = balance
        return { balance }
      },
    }),
    move: write({
      http: 'POST /move',
      input: amount,
      apply: (state, { orderId, cents }) => {
        state.moved.set(orderId, (state.moved.get(orderId) ?? 0) + cents)
        return { moved: cents }
      },
    }),
    back: write({
      http: 'POST /back',
      input: amount,
      apply: (state, { orderId, cents }) => {
        const left = (state.moved.get(orderId) ?? 0) - cents
        if (left === 0) state.moved.delete(orderId)
        else state.moved.set(orderId, left)
        return {}
      },
    }),
    cancel: write({
      http: 'POST /cancel',
      input: z.object({ orderId: z.string() }),
      apply: (state, { orderId }) => ({ cancelled: state.moved.delete(orderId) }),
    }),
  }),
})
const backends = { bank }

describe('errors-typed', () => {
  const refusing = (refuse: (answer: Response) => unknown) => ({
    input: amount,
    execute: async (input: Amount) => {
      const answer = await post('/pay', input)
      return answer.ok ? answer.json() : refuse(answer)
    },
  })

  test.each([
    ['the same error for both', () => Promise.reject(new Error('it failed'))],
    ['a text', () => Promise.reject('it failed')],
  ])('is broken by %s', async (_name, refuse) => {
    expect(await judged(refusing(refuse), 'errors-typed')).toBe('broken')
  })

  test('is broken by a tool that does not look whether it was refused', async () => {
    const silent = { input: amount, execute: async (input: Amount) => void (await post('/pay', input)) }
    expect(await judged(silent, 'errors-typed')).toBe('broken')
  })

  test.each([
    ['a status', ({ status }: Response) => Promise.reject(Object.assign(new Error('it failed'), { status }))],
    ['a value that tells', ({ status }: Response) => ({ ok: false, retry: status === 429 })],
  ])('is kept by %s', async (_name, refuse) => {
    expect(await judged(refusing(refuse), 'errors-typed')).toBe('kept')
  })
})

describe('honours-abort', () => {
  test('is broken by a call that goes on', async () => {
    const deaf = { input: amount, execute: async (input: Amount) => (await post('/pay', input)).json() }
    expect(await judged(deaf, 'honours-abort')).toBe('broken')
  })

  test('is broken by a call that listens only to its first request', async () => {
    const half = {
      input: amount,
      execute: async (input: Amount, { signal }: Call) => {
        await fetch(`${api}/balance`, { signal }).catch(() => undefined)
        return (await post('/pay', input)).json()
      },
    }
    expect(await judged(half, 'honours-abort')).toBe('broken')
  })

  test('is kept by one that passes its signal on', async () => {
    const good = {
      input: amount,
      execute: async (input: Amount, { signal }: Call) => (await post('/pay', input, { signal })).json(),
    }
    expect(await judged(good, 'honours-abort')).toBe('kept')
  })
})

describe('output-fits-schema', () => {
  const output = z.object({ balance: z.number() })
  const look = (read: (answer: Response) => Promise<unknown>) => ({
    input: z.object({}),
    output,
    execute: async () => read(await fetch(`${api}/balance`)),
  })

  test('is broken by what a service says when it refuses', async () => {
    expect(
      await judged(
        look((answer) => answer.json()),
        'output-fits-schema',
        { backends },
      ),
    ).toBe('broken')
  })

  test('is kept by a tool that looks at the status', async () => {
    const good = look((answer) => (answer.ok ? answer.json() : Promise.reject(new Error('refused'))))
    expect(await judged(good, 'output-fits-schema', { backends })).toBe('kept')
  })
})

describe('round-trips', () => {
  test.each([
    ['a date', () => ({ at: new Date(0) })],
    ['no number', () => ({ rate: 0 / 0 })],
    ['a map', () => new Map([['a', 1]])],
    ['a bigint', () => ({ total: 1n })],
    ['a hole', () => [undefined]],
  ])('is broken by %s', async (_name, execute) => {
    expect(await judged({ input: amount, execute }, 'round-trips')).toBe('broken')
  })

  test.each([
    ['nothing', () => undefined],
    ['zero', () => 0],
    ['an empty text', () => ''],
    ['a field that is not there', () => ({ a: undefined, b: [] })],
  ])('is kept by %s', async (_name, execute) => {
    expect(await judged({ input: amount, execute }, 'round-trips')).toBe('kept')
  })
})

describe('no-secret', () => {
  const token = 'sk_live_4242424242'
  const authorization = `Bearer ${token}`
  const paying = (told: (answer: Response) => unknown) => ({
    input: amount,
    execute: async (input: Amount) => told(await post('/pay', input, { headers: { authorization } })),
  })

  test('is broken by an error that holds the whole request', async () => {
    const tool = paying((answer) => {
      if (!answer.ok) throw Object.assign(new Error('failed'), { request: { headers: { authorization } } })
      return answer.json()
    })
    expect(await judged(tool, 'no-secret')).toBe('broken')
  })

  test('is broken by a log line', async () => {
    const tool = paying((answer) => {
      console.log(`paid with ${token}`)
      return answer.json()
    })
    expect(await judged(tool, 'no-secret')).toBe('broken')
  })

  test('is kept by a tool that keeps its token to itself', async () => {
    expect(
      await judged(
        paying((answer) => answer.json()),
        'no-secret',
      ),
    ).toBe('kept')
  })
})

describe('concurrent-safe', () => {
  test('is broken by an update that is lost', async () => {
    const unsafe = {
      input: z.object({ cents: z.number().int().positive() }),
      execute: async ({ cents }: { cents: number }) => {
        const { balance } = (await (await fetch(`${api}/balance`)).json()) as { balance: number }
        return (await post('/balance', { balance: balance - cents })).json()
      },
    }
    expect(await judged(unsafe, 'concurrent-safe', { backends })).toBe('broken')
  })

  test('is broken by what a module keeps between the parts of a call', async () => {
    let current = 0
    const shared = {
      input: z.object({ cents: z.number().int().positive() }),
      execute: async ({ cents }: { cents: number }) => {
        current = cents
        await fetch(`${api}/look`)
        return (await post('/pay', { cents: current })).json()
      },
    }
    expect(await judged(shared, 'concurrent-safe')).toBe('broken')
  })

  test('is kept by a move in one go', async () => {
    const safe = { input: amount, execute: async (input: Amount) => (await post('/move', input)).json() }
    expect(await judged(safe, 'concurrent-safe', { backends })).toBe('kept')
  })
})

describe('compensates', () => {
  const move = { input: amount, execute: async (input: Amount) => (await post('/move', input)).json() }

  test('is broken by one that takes back what never happened', async () => {
    const compensate = (input: Amount, clients: any) => clients.bank.back(input)
    expect(await judged(move, 'compensates', { backends, compensate })).toBe('broken')
  })

  test('is kept by one that cancels whatever there is', async () => {
    const compensate = ({ orderId }: Amount, clients: any) => clients.bank.cancel({ orderId })
    expect(await judged(move, 'compensates', { backends, compensate })).toBe('kept')
  })
})
