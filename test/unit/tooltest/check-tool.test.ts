/** What `checkTool` finds in tools of a few lines, and what it leaves in peace. */

import https from 'node:https'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cardText, checkTool } from '../../../src/tool.js'
import { tools } from '../../contract/project/src/support-agent.js'
import { judged } from './judged.js'

const api = 'https://api.pay.example'
const amount = z.object({ orderId: z.string().min(1), cents: z.number().int().positive() })
type Amount = z.infer<typeof amount>

const post = (path: string, body: unknown, init: RequestInit = {}): Promise<Response> =>
  fetch(`${api}${path}`, { method: 'POST', body: JSON.stringify(body), ...init })

describe('the refund of an agent as people have it today', () => {
  test('is no tool to be trusted, and the card shows it with the smallest calls', async () => {
    const card = await checkTool(tools.refundOrder, { name: 'refundOrder' })
    const text = cardText(card).join('\n')
    expect(card.verdict).toBe('invalid')
    expect(card.clauses['rejects-invalid-input'].verdict).toBe('valid')
    expect(card.clauses.idempotent.told).toBe('the same refundOrder twice when an answer is lost')
    expect(text).toContain(
      'refundOrder({ orderId: "A", cents: 1 })  ──▶ POST api.shop.example/orders/A/refunds applied',
    )
    expect(card.clauses.terminates.told).toContain('300 s')
    expect(text).toContain('– read-only')
    expect(text).toContain("effect: 'write'   idempotency: 'none'   retry: never without a look-up")
  })

  test('gets the same card from the same seed, byte for byte', async () => {
    const card = async () => cardText(await checkTool(tools.refundOrder, { name: 'refundOrder', cases: 200, seed: 7 }))
    expect(await card()).toEqual(await card())
  })
})

describe('a clause that no call put to the test', () => {
  test('is told from one that does not apply, and from one that nobody said enough for', async () => {
    const sulky = {
      inputSchema: z.object({ orderId: z.string() }),
      execute: async () => {
        await fetch(`${api}/orders`)
        throw new Error('not today')
      },
    }
    const { clauses } = await checkTool(sulky, { name: 'sulky', claims: { effect: 'write' }, cases: 200 })
    expect(clauses.idempotent).toMatchObject({ verdict: 'unknown', beside: 'never-arose', exercised: 0 })
    expect(clauses['read-only'].beside).toBe('does-not-apply')
    expect(clauses.compensates.beside).toBe('not-judged')
  })
})

describe('invalid input', () => {
  test('reaches a tool whose schema is only shown to the model', async () => {
    const parameters = { type: 'object', properties: { cents: { type: 'integer', minimum: 1 } }, required: ['cents'] }
    const careless = { parameters, execute: async (input: unknown) => (await post('/pay', input)).json() }
    expect(await judged(careless, 'rejects-invalid-input')).toBe('broken')
  })

  test('is refused by a tool that looks at it itself', async () => {
    const parameters = { type: 'object', properties: { cents: { type: 'integer', minimum: 1 } }, required: ['cents'] }
    const careful = {
      parameters,
      execute: async (input: { cents?: unknown } | null) => {
        if (typeof input?.cents !== 'number' || !Number.isInteger(input.cents) || input.cents < 1)
          throw new TypeError('cents')
        return (await post('/pay', input)).json()
      },
    }
    expect(await judged(careful, 'rejects-invalid-input')).toBe('kept')
  })
})

describe('a call that is made again', () => {
  test('takes effect once under a key that the service honours', async () => {
    const keyed = {
      input: amount,
      execute: async (input: Amount, { key }: { key: string }) =>
        (await post('/pay', input, { headers: { 'idempotency-key': key } })).json(),
    }
    expect(await judged(keyed, 'idempotent')).toBe('kept')
  })

  test('takes effect twice under a key that is made up anew', async () => {
    const renewed = {
      input: amount,
      execute: async (input: Amount) =>
        (await post('/pay', input, { headers: { 'idempotency-key': crypto.randomUUID() } })).json(),
    }
    expect(await judged(renewed, 'idempotent')).toBe('broken')
  })

  test('takes effect once where its method says so', async () => {
    const put = {
      input: amount,
      execute: async ({ orderId, cents }: Amount) =>
        (await fetch(`${api}/limits/${orderId}`, { method: 'PUT', body: String(cents) })).json(),
    }
    expect(await judged(put, 'idempotent')).toBe('kept')
  })
})

describe('a read', () => {
  const look = {
    input: amount,
    execute: async ({ orderId }: Amount) => (await fetch(`${api}/orders/${orderId}`)).json(),
  }

  test('is known by its requests, and kept', async () => {
    expect(await judged(look, 'read-only')).toBe('kept')
    expect(await judged(look, 'idempotent')).toBe('does not apply to a read')
  })

  test('that writes is told', async () => {
    const claims = { effect: 'read' } as const
    expect(
      await judged(
        { input: amount, execute: async (input: Amount) => (await post('/seen', input)).json() },
        'read-only',
        { claims },
      ),
    ).toBe('broken')
  })
})

describe('a call', () => {
  test('that gives up on a silent service comes to its end', async () => {
    const patient = {
      input: amount,
      execute: async (input: Amount) => (await post('/pay', input, { signal: AbortSignal.timeout(10_000) })).json(),
    }
    expect(await judged(patient, 'terminates')).toBe('kept')
  })

  test('that tries again for ever does not', async () => {
    const stubborn = {
      input: amount,
      execute: async (input: Amount) => {
        for (;;) {
          const answer = await post('/pay', input, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined)
          if (answer?.ok) return answer.json()
          if (answer && input.cents > 500) await new Promise(() => undefined)
        }
      },
    }
    expect(await judged(stubborn, 'terminates')).toBe('broken')
  })
})

describe('what is no tool', () => {
  test('is refused with a way out', async () => {
    await expect(checkTool({ name: 'x' })).rejects.toThrow('is no tool that is known here')
    await expect(checkTool({ name: 'x', execute: () => 1 })).rejects.toThrow('the input of x has no schema')
  })

  test('has a field that nothing can be made for, which is named', async () => {
    const tool = { name: 'book', input: z.object({ when: z.date() }), execute: () => 1 }
    await expect(checkTool(tool)).rejects.toThrow('inputs cannot be made for the field when')
  })
})

test('a tool that asks through node:http is judged like one that fetches', async () => {
  const ask = ({ cents }: { cents: number }) =>
    new Promise((resolve, reject) => {
      const request = https.request(`${api}/pay`, { method: 'POST' }, (answer) => {
        let text = ''
        answer.on('data', (part) => {
          text += String(part)
        })
        answer.on('end', () => resolve(JSON.parse(text)))
        answer.on('error', reject)
      })
      request.on('error', reject)
      request.end(JSON.stringify({ cents }))
    })
  const tool = { input: z.object({ cents: z.number().int().positive() }), execute: ask }
  const { facts, clauses } = await checkTool<any>(tool, { cases: 60 })
  expect(facts).toMatchObject({ effect: 'write', requests: ['POST to api.pay.example'], leaks: [] })
  expect(facts.calm.returned).toBe(facts.calm.calls)
  expect(clauses.idempotent.verdict).toBe('invalid')
})
