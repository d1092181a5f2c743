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
      answers.push(await (client as Record<string, Call>)[operation]?.(named))
    }
    return answers
  })
  expect(outcome.kind).toBe('returned')
  return JSON.stringify([outcome, on.world.ledger.rows]).replaceAll(name, 'NAME')
}

const plainName = 'plain-name'
const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

it('every ready-made backend is in the list, with all its operations', () => {
  const made = Object.entries(backends).filter(([, value]) => 'operations' in ((value as any)() ?? {}))
  expect(made.map(([name]) => name).sort()).toEqual(Object.keys(stories).sort())
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
    const [usual, met] = [await told(story, plainName), await told(story, name)]
    // People are made up from their id: another id, another person.
    if (story === 'customers') expect(met).toMatch(/"customerId":"NAME","name":"\w/)
    else expect(met).toBe(usual)
  },
)
