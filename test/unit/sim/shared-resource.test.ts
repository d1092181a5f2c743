/** Others write to what a request is about, and are faster: what each service of ours makes of it. */

import { describe, expect, it } from 'vitest'
import bookkeeping from '../../../scenarios/bookkeeping.scenario.js'
import checkout from '../../../scenarios/checkout.scenario.js'
import { documents, files, orders, rest, table } from '../../../src/backends.js'
import type { AnyBackend } from '../../../src/core/backend.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { sharedResource } from '../../../src/sim/fault/isolation/shared-resource.js'
import { stage } from './stage.js'

const { name } = sharedResource
type Call = (operation: string, input: object) => Promise<any>
type Method = (input: object) => Promise<any>

/** What the last of some calls comes to: with nobody else there, and with others who were faster. */
async function both(make: () => AnyBackend, last: string, actor: (call: Call) => Promise<unknown>) {
  const outcomeOf = async (rivals: boolean) => {
    const sites = new Set<string>()
    const run = async (decisions: readonly Pair[]) => {
      const { act, service, world, events } = stage(decisions)
      const { client } = service(make())
      const call: Call = (operation, input) => (client as Readonly<Record<string, Method>>)[operation]!(input)
      const outcome = await act(() => actor(call).catch((error: Error) => error.message))
      for (const { site, operation } of events('request-arrived')) if (operation === last) sites.add(site)
      return {
        value: outcome.kind === 'returned' ? outcome.value : outcome,
        landed: events('fault-landed').map(({ fault }) => fault),
        effects: world.ledger.rows.length,
      }
    }
    const alone = await run([])
    return rivals ? run([...sites].map((site): Pair => [site, name])) : alone
  }
  return { alone: await outcomeOf(false), beside: await outcomeOf(true) }
}

const ann = () => table([{ id: 'ann', cents: 100 }])
const one = () => files({ files: { 'a.txt': 'a' } })
const placed = () => orders({ placed: [{ orderId: 'A-7', customerId: 'ann', lines: [{ sku: 'tea', count: 1 }] }] })
const notes = () => rest({ resources: { notes: { n1: { text: 'a' } } } })

describe('a write that others are faster than', () => {
  it.each<[string, () => AnyBackend, string, (call: Call) => Promise<unknown>, string]>([
    [
      'an update that rests on a version',
      ann,
      'update',
      (call) => call('update', { id: 'ann', set: { cents: 1 }, ifVersion: 1 }),
      'row ann is at 2, not at 1: read it again',
    ],
    ['a new row', ann, 'insert', (call) => call('insert', { row: { id: 'bob' } }), 'there is a row bob'],
    ['a row that goes', ann, 'remove', (call) => call('remove', { id: 'ann' }), 'there is no row ann'],
    ['an order that is shipped', placed, 'ship', (call) => call('ship', { orderId: 'A-7' }), 'A-7 was cancelled'],
    ['an order that is cancelled', placed, 'cancel', (call) => call('cancel', { orderId: 'A-7' }), 'A-7 was shipped'],
    [
      'a file that moves',
      one,
      'move',
      (call) => call('move', { from: 'a.txt', to: 'b.txt' }),
      'there is no file a.txt',
    ],
    ['a file that goes', one, 'remove', (call) => call('remove', { path: 'a.txt' }), 'there is no file a.txt'],
    [
      'a file under an etag',
      one,
      'write',
      async (call) =>
        call('write', { path: 'a.txt', text: 'b', ifMatch: (await call('read', { path: 'a.txt' })).file.etag }),
      'read it again',
    ],
    [
      'a resource under an etag',
      notes,
      'replace',
      async (call) => {
        const { etag } = await call('get', { resource: 'notes', id: 'n1' })
        return call('replace', { resource: 'notes', id: 'n1', text: 'b', ifMatch: etag })
      },
      'read it again',
    ],
    ['a resource that goes', notes, 'remove', (call) => call('remove', { resource: 'notes', id: 'n1' }), 'there is no'],
    [
      'a document that goes',
      () => documents({ documents: [{ documentId: 'd', title: 't', text: 'x' }] }),
      'remove',
      (call) => call('remove', { documentId: 'd' }),
      'there is no document d',
    ],
  ])('%s is refused, and nothing of it happens', async (_what, make, last, actor, because) => {
    const { alone, beside } = await both(make, last, actor)
    expect({ ...alone, value: typeof alone.value }).toEqual({ value: 'object', landed: [], effects: 1 })
    expect(beside).toEqual({ value: expect.stringContaining(because), landed: [name], effects: 0 })
  })

  it('finds what the others left, where the last writer wins', async () => {
    const append = async (call: Call) => {
      await call('append', { path: 'a.txt', text: '(by us)' })
      return (await call('read', { path: 'a.txt' })).file.text
    }
    const { alone, beside } = await both(one, 'append', append)
    expect(alone).toEqual({ value: 'a(by us)', landed: [], effects: 1 })
    expect(beside).toEqual({ value: 'a(by somebody else)\n(by us)', landed: [name], effects: 1 })
  })
})

async function trial(scenario: Scenario, ...decisions: readonly Pair[]) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

describe('bookkeeping', () => {
  const second = 'accounts.update#t4.c0/a1'

  it('is told that somebody booked meanwhile, and loses no booking', async () => {
    const { faults, violations, status, events } = await trial(bookkeeping, [second, name], [`${second}@n`, '5'])
    expect({ violations, status }).toEqual({ violations: [], status: 'completed' })
    expect(faults[name]).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(events.filter(({ type }) => type === 'request-answered')).toContainEqual(
      expect.objectContaining({ backend: 'accounts', status: 412 }),
    )
  })

  it('can read the account again and book after all', async () => {
    const result = await trial(bookkeeping, [second, name], ['model/t5@reaction', 'again'])
    expect(result.violations).toEqual([])
  })
})

it('is offered where a service says what others do to the same thing', async () => {
  const offering = async (scenario: Scenario) => {
    const { visited } = await runTrial(scenario, { source: replaySource([]), keepSites: true })
    return visited?.filter(({ alternatives }) => alternatives.includes(name)).map(({ label }) => label)
  }
  expect(await offering(bookkeeping)).toEqual([
    'accounts.update#t2.c0/a1',
    'accounts.update#t4.c0/a1',
    'receipts.write#t5.c0/a1',
  ])
  expect(await offering(checkout)).toEqual([])
})
