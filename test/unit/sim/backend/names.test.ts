/** Ids and names are the model's text: those that every object has are met like any other, in all ready-made backends. */

import { expect, it } from 'vitest'
import * as backends from '../../../../src/backends.js'
import type { AnyBackend, Implementation } from '../../../../src/core/backend.js'
import { check } from '../../../../src/core/schema.js'
import { type Stage, stage } from '../stage.js'

type Call = (input: unknown) => Promise<unknown>

/** `NAME` wherever a name may stand; the answer of an earlier call by its field. */
const stories: Readonly<Record<string, { backend: () => AnyBackend; calls: readonly (readonly [string, object])[] }>> =
  {
    customers: { backend: backends.customers, calls: [['find', { customerId: 'NAME' }]] },
    documents: {
      backend: backends.documents,
      calls: [
        ['search', { query: 'NAME' }],
        ['put', { documentId: 'NAME', title: 'NAME', text: 'NAME' }],
        ['search', { query: 'NAME' }],
        ['get', { documentId: 'NAME' }],
        ['remove', { documentId: 'NAME' }],
        ['remove', { documentId: 'NAME' }],
      ],
    },
    files: {
      backend: backends.files,
      calls: [
        ['read', { path: 'NAME' }],
        ['move', { from: 'NAME', to: 'a' }],
        ['write', { path: 'NAME/NAME', text: 'NAME' }],
        ['append', { path: 'NAME/NAME', text: 'NAME' }],
        ['list', { under: 'NAME' }],
        ['move', { from: 'NAME/NAME', to: 'NAME' }],
        ['read', { path: 'NAME' }],
        ['remove', { path: 'NAME', ifMatch: 'NAME' }],
        ['remove', { path: 'NAME' }],
      ],
    },
    inventory: {
      backend: backends.inventory,
      calls: [
        ['level', { sku: 'NAME' }],
        ['reserve', { sku: 'NAME', count: 2 }],
        ['reserve', { sku: 'NAME', count: 1 }],
        ['level', { sku: 'NAME' }],
        ['release', { reservationId: 'NAME' }],
      ],
    },
    mail: {
      backend: backends.mail,
      calls: [
        ['send', { to: 'NAME@x.example', subject: 'NAME' }],
        ['send', { to: 'NAME@x.example', subject: 'again' }],
      ],
    },
    orders: {
      backend: backends.orders,
      calls: [
        ['get', { orderId: 'NAME' }],
        ['ship', { orderId: 'NAME' }],
        ['cancel', { orderId: 'NAME' }],
        ['place', { customerId: 'NAME', lines: [{ sku: 'lamp', count: 1 }] }],
        ['list', { customerId: 'NAME', after: 'or_' }],
      ],
    },
    payments: {
      backend: backends.payments,
      calls: [
        ['find', { orderId: 'NAME' }],
        ['charge', { orderId: 'NAME', cents: 1 }],
        ['charge', { orderId: 'NAME', cents: 2 }],
        ['find', { orderId: 'NAME' }],
        ['refund', { chargeId: 'NAME', cents: 1 }],
      ],
    },
    rest: {
      backend: () => backends.rest({ resources: { invoices: {} } }),
      calls: [
        ['list', { resource: 'NAME' }],
        ['get', { resource: 'NAME', id: 'NAME' }],
        ['get', { resource: 'invoices', id: 'NAME' }],
        ['create', { resource: 'NAME', cents: 1 }],
        ['create', { resource: 'invoices', cents: 1 }],
        ['replace', { resource: 'invoices', id: 'NAME', cents: 2 }],
        ['remove', { resource: 'invoices', id: 'NAME' }],
      ],
    },
    table: {
      backend: () => backends.table([{ id: 'a', name: 'ann' }]),
      calls: [
        ['update', { id: 'NAME', set: { name: 'NAME' } }],
        ['insert', { row: { id: 'NAME', name: 'NAME' } }],
        ['insert', { row: { id: 'NAME', name: 'NAME' } }],
        ['update', { id: 'NAME', set: { name: 'again' } }],
        ['select', { where: { id: 'NAME' } }],
        ['remove', { id: 'NAME', ifVersion: 1 }],
        ['remove', { id: 'NAME' }],
      ],
    },
    tickets: {
      backend: backends.tickets,
      calls: [
        ['get', { ticketId: 'NAME' }],
        ['open', { subject: 'NAME' }],
        ['reply', { ticketId: 'NAME', text: 'NAME' }],
        ['close', { ticketId: 'NAME' }],
      ],
    },
  }

async function told(story: string, name: string): Promise<string> {
  const { backend, calls } = stories[story] as (typeof stories)[string]
  const on: Stage = stage()
  const { client } = on.service(backend())
  const outcome = await on.act(async () => {
    const answers: unknown[] = []
    for (const [operation, input] of calls) {
      const named = JSON.parse(JSON.stringify(input).replaceAll('NAME', name)) as unknown
      const answer = (client as Record<string, Call>)[operation]?.(named)
      answers.push(await answer?.catch(({ message }: Error) => `refused: ${message}`))
    }
    return answers
  })
  expect(outcome.kind).toBe('returned')
  return JSON.stringify([outcome, on.world.ledger.rows])
    .replaceAll(name, 'NAME')
    .replace(/[0-9a-f]{8}/g, 'NONCE')
    .replace(/"shipTo":"[^"]+"/g, 'CITY')
}

const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

it('every ready-made backend is in the list, with all its operations', () => {
  const recordings = ['recordedRead', 'recordedWrite', 'replay']
  expect(Object.keys(backends).filter((name) => !recordings.includes(name))).toEqual(Object.keys(stories).sort())
  for (const [story, { backend, calls }] of Object.entries(stories)) {
    const { operations } = backend() as { operations: Record<string, Implementation> }
    expect(new Set(calls.map(([operation]) => operation)), story).toEqual(new Set(Object.keys(operations)))
    for (const [operation, input] of calls)
      expect(check((operations[operation] as Implementation).schema, input)).toMatchObject({ ok: true })
  }
})

it.each(Object.keys(stories).flatMap((story) => odd.map((name) => [story, name] as const)))(
  '%s answers %s as it answers any other name',
  async (story, name) => {
    const met = await told(story, name)
    // People are made up from their id: another id, another person.
    if (story === 'customers') expect(met).toMatch(/"customerId":"NAME","name":"\w/)
    else expect(met).toBe(await told(story, 'plain-name'))
  },
)
