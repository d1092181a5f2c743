import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineBackend } from '../../../src/sim/define-backend.js'
import { type HttpRequest, httpService } from '../../../src/sim/http.js'
import { bank } from './bank.js'
import { stage } from './stage.js'

const host = 'https://bank.example/v1'
const request = (method: string, path: string, rest: Partial<HttpRequest> = {}): HttpRequest => ({
  method,
  url: `${host}${path}`,
  headers: new Headers(),
  body: '',
  signal: undefined,
  ...rest,
})

async function fetched(asked: HttpRequest, ...decisions: (readonly [string, string])[]) {
  const on = stage(decisions)
  const { service } = on.service(bank)
  const answer = httpService(on.setting, service)
  const outcome = await on.act(async () => {
    const response = await on.inCall('t1.c0', 1, () => answer(asked))
    return response && { status: response.status, headers: response.headers, text: await response.text() }
  })
  return { ...on, outcome, inputs: on.events('request-arrived').map(({ input }) => input) }
}

describe('a request is matched by method and path below the base URL', () => {
  it.each([
    ['another host', request('GET', '', { url: 'https://bank.example.evil.test/v1/payments/0' })],
    ['another path', request('GET', '/refunds/0')],
    ['a path that goes on', request('GET', '/payments/0/lines')],
    ['another method', request('DELETE', '/payments/0')],
    ['an operation without a route', request('POST', '/wire')],
  ])('%s is nobody here', async (_name, asked) => {
    const { outcome, inputs } = await fetched(asked)
    expect(outcome).toEqual({ kind: 'returned', value: undefined })
    expect(inputs).toEqual([])
  })

  it('a slash at the end and a fragment change nothing', async () => {
    expect((await fetched(request('GET', '/names/ann/#top'))).inputs).toEqual([{ name: 'ann' }])
  })

  it('a backend without a base URL is met by nobody', () => {
    const shop = defineBackend({
      name: 'shop',
      state: () => ({}),
      operations: ({ read }) => ({ look: read({ http: 'GET /look', input: z.object({}), answer: () => 1 }) }),
    })
    const on = stage()
    expect(httpService(on.setting, on.service(shop).service)(request('GET', '/look'))).toBeUndefined()
  })
})

describe('path, query and body become one input', () => {
  it.each([
    [
      'numbers and booleans only where the schema takes nothing else',
      '/payments/7?full=true',
      { index: 7, full: true },
    ],
    ['text stays text where the schema wants text', '/names/7', { name: '7' }],
    ['escapes are read', '/names/Zo%C3%AB%20B', { name: 'Zoë B' }],
    ['a broken escape is taken as it stands', '/names/%zz', { name: '%zz' }],
    ['what fits neither way stays as it was sent', '/payments/none?full=true', { index: 'none', full: 'true' }],
  ])('%s', async (_name, path, input) => {
    expect((await fetched(request('GET', path))).inputs).toEqual([input])
  })

  it('the path wins over the body, and the key travels in its header', async () => {
    const headers = new Headers({ 'Idempotency-Key': 'k' })
    const asked = request('POST', '/accounts/ann/payments', { headers, body: '{"cents":5,"to":"eve"}' })
    const { world, outcome } = await fetched(asked)
    expect(world.ledger.rows).toMatchObject([{ input: { to: 'ann', cents: 5 }, key: 'k' }])
    expect(outcome).toMatchObject({ value: { status: 200, text: '{"id":"p-1"}' } })
  })

  it.each(['[1]', 'cents=5', '"text"'])('a body that is no object (%s) fits nothing: 400', async (body) => {
    const { outcome, world } = await fetched(request('POST', '/accounts/ann/payments', { body }))
    expect(outcome).toMatchObject({ value: { status: 400 } })
    expect(world.ledger.rows).toEqual([])
  })
})

describe('an answer as a response', () => {
  const payment = request('POST', '/accounts/ann/payments', { body: '{"cents":5}' })
  const site = 'bank.pay#t1.c0/a1'

  it('undefined is 404', async () => {
    expect((await fetched(request('GET', '/payments/7'))).outcome).toMatchObject({ value: { status: 404 } })
  })

  it('a rate limit is 429 with Retry-After in seconds', async () => {
    const { outcome } = await fetched(payment, [site, 'tool/rate-limited'], [`${site}@retry-after`, '30'])
    expect(outcome).toMatchObject({ kind: 'returned', value: { status: 429 } })
    expect(outcome.kind === 'returned' && outcome.value?.headers.get('retry-after')).toBe('30')
  })

  it.each([
    ['transient', 503],
    ['permanent', 422],
  ])('a %s refusal is %i', async (kind, status) => {
    const { outcome } = await fetched(payment, [site, 'tool/error'], [`${site}@kind`, kind])
    expect(outcome).toMatchObject({ value: { status } })
  })

  it('garbage is HTML under 200', async () => {
    const { outcome } = await fetched(payment, [site, 'tool/garbage-result'], [`${site}@kind`, 'html'])
    expect(outcome).toMatchObject({ value: { status: 200, text: expect.stringContaining('<html>') } })
    expect(outcome.kind === 'returned' && outcome.value?.headers.get('content-type')).toBe('text/html')
  })

  it('a lost answer is what fetch makes of it: a TypeError whose cause has the code', async () => {
    const { outcome, world } = await fetched(payment, [site, 'tool/timeout-after-effect'])
    expect(outcome).toMatchObject({ kind: 'threw', error: { message: 'fetch failed', cause: { code: 'ECONNRESET' } } })
    expect(outcome.kind === 'threw' && outcome.error).toBeInstanceOf(TypeError)
    expect(world.ledger.rows).toHaveLength(1)
  })
})
