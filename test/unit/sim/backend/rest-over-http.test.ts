/** The REST API as an agent with `fetch` meets it: paths, pages, keys, ETags, statuses. */

import { expect, it } from 'vitest'
import { rest } from '../../../../src/backends.js'
import { httpService } from '../../../../src/sim/http.js'
import { stage } from '../stage.js'

type Ask = (method: string, path: string, more?: { headers?: Record<string, string>; body?: object }) => Promise<any>

async function over(
  invoices: Record<string, { cents: number }>,
  actor: (ask: Ask) => Promise<unknown>,
): Promise<{ value: any; effects: readonly unknown[] }> {
  const on = stage()
  const baseUrl = 'https://api.example/v1'
  const answer = httpService(on.setting, on.service(rest({ baseUrl, resources: { invoices } })).service)
  const ask: Ask = async (method, path, { headers = {}, body } = {}) => {
    const response = (await answer({
      ...{ method, url: baseUrl + path, headers: new Headers(headers), signal: undefined },
      body: body === undefined ? '' : JSON.stringify(body),
    })) as Response
    const text = await response.text()
    return { status: response.status, etag: response.headers.get('etag'), body: text === '' ? '' : JSON.parse(text) }
  }
  const outcome = await on.act(() => actor(ask))
  expect(outcome.kind).toBe('returned')
  return { value: (outcome as { value: unknown }).value, effects: on.world.ledger.rows }
}

it('a resource is created, read, known by its ETag, changed under it, and removed', async () => {
  const { value, effects } = await over({}, async (ask) => {
    const made = await ask('POST', '/invoices', { body: { cents: 5 } })
    const path = `/invoices/${made.body.id}`
    const same = await ask('GET', path, { headers: { 'if-none-match': made.etag } })
    const changed = await ask('PUT', path, { headers: { 'if-match': made.etag }, body: { cents: 6 } })
    const late = await ask('PUT', path, { headers: { 'if-match': made.etag }, body: { cents: 7 } })
    const now = await ask('GET', path, { headers: { 'if-none-match': made.etag } })
    const any = await ask('DELETE', path, { headers: { 'if-match': '*' } })
    return [made, same, changed, late, now, any, await ask('GET', path)]
  })
  const answers = value as { status: number; etag: string; body: any }[]
  expect(answers.map(({ status }) => status)).toEqual([200, 304, 200, 412, 200, 200, 404])
  expect(answers[1]).toMatchObject({ body: '', etag: answers[0]?.etag })
  expect(answers[4]).toMatchObject({ body: { cents: 6 }, etag: answers[2]?.etag })
  expect(answers[4]?.etag).toMatch(/^"[0-9a-f]{8}"$/)
  expect(effects).toHaveLength(3)
})

it('one Idempotency-Key is one resource', async () => {
  const { value, effects } = await over({}, async (ask) => {
    const post = (cents: number) =>
      ask('POST', '/invoices', { headers: { 'idempotency-key': 'k' }, body: { cents } }).then(({ status }) => status)
    return [await post(5), await post(5), await post(6)]
  })
  expect(value).toEqual([200, 200, 422])
  expect(effects).toHaveLength(1)
})

it('a long collection comes in pages, and what was not declared is 404', async () => {
  const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`in-${index}`, { cents: index }]))
  const { value } = await over(many, async (ask) => [
    await ask('GET', '/invoices?limit=3'),
    await ask('GET', '/invoices?limit=3&after=in-2'),
    await ask('GET', '/users'),
  ])
  expect(value).toMatchObject([
    { body: { items: [{ id: 'in-0' }, { id: 'in-1' }, { id: 'in-2' }], next: 'in-2' } },
    { body: { items: [{ id: 'in-3' }, { id: 'in-4' }], next: null } },
    { status: 404, body: { error: 'there is no collection users' } },
  ])
})
