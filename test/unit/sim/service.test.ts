import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineBackend } from '../../../src/sim/define-backend.js'
import { defineFault } from '../../../src/sim/fault/define-fault.js'
import { bank } from './bank.js'
import { stage } from './stage.js'

const ann = { to: 'ann', cents: 5 }

describe('declaring a backend', () => {
  const state = () => ({})
  const input = z.object({})

  it('without a name or an operation is refused', () => {
    const operations = () => ({})
    expect(() => defineBackend({ name: 'x', state, operations })).toThrowError(/"x" has no operations/)
    const one = ({ read }: any) => ({ look: read({ input, answer: () => 1 }) })
    expect(() => defineBackend({ name: '', state, operations: one })).toThrowError(/needs a name/)
  })

  it('with an operation that does nothing is refused', () => {
    const reads = ({ read }: any) => ({ look: read({ input }) })
    const writes = ({ write }: any) => ({ push: write({ input, answer: () => 1 }) })
    expect(() => defineBackend({ name: 'x', state, operations: reads })).toThrowError(/`answer`/)
    expect(() => defineBackend({ name: 'x', state, operations: writes })).toThrowError(/`apply`/)
  })

  it('does nothing by itself: each world has a state of its own', async () => {
    for (let world = 0; world < 2; world++) {
      const { act, service } = stage()
      const { client } = service(bank)
      expect(await act(() => client.wire(ann))).toEqual({ kind: 'returned', value: { id: 'w-1' } })
    }
  })
})

describe('the ledger', () => {
  it('holds each applied write with its input, key and time, and no read', async () => {
    const { act, service, world } = stage()
    const { client } = service(bank)
    await act(async () => {
      await client.paid({ index: 0 })
      await client.pay(ann, { idempotencyKey: 'k' })
      await client.wire({ to: 'bob', cents: 7 })
    })
    expect(world.ledger.rows).toMatchObject([
      { effect: 0, backend: 'bank', operation: 'pay', input: ann, key: 'k', once: 'ann', at: 150, compensated: false },
      { effect: 1, operation: 'wire', key: undefined, once: '{"cents":7,"to":"bob"}', at: 250 },
    ])
  })

  it('shows a write as compensated by the one that takes it back, and only once', async () => {
    const { act, service, world, events } = stage()
    const { client } = service(bank)
    await act(async () => {
      const { id } = await client.pay(ann)
      await client.refund({ id })
      await client.refund({ id })
    })
    expect(world.ledger.rows.map((row) => [row.operation, row.compensated])).toEqual([
      ['pay', true],
      ['refund', false],
      ['refund', false],
    ])
    expect(events('effect-applied').map(({ compensates }) => compensates)).toEqual([undefined, 0, undefined])
    expect(events('effect-compensated')).toHaveLength(1)
  })

  it('keeps what was applied, whatever its caller does to its own copy', async () => {
    const { act, service, world } = stage()
    const { client } = service(bank)
    const input = { to: ['a', 'b'] }
    await act(() => {
      const answer = client.batch(input)
      input.to.push('c')
      return answer
    })
    expect(world.ledger.rows[0]?.input).toEqual({ to: ['a', 'b'] })
  })
})

describe('a keyed write', () => {
  it('happens once under one key, and gives the answer it gave', async () => {
    const { act, service, world } = stage()
    const { client } = service(bank)
    const pay = () => client.pay(ann, { idempotencyKey: 'k' })
    const both = await act(async () => [await pay(), await pay()])
    expect(both).toEqual({ kind: 'returned', value: [{ id: 'p-1' }, { id: 'p-1' }] })
    expect(world.ledger.rows).toHaveLength(1)
  })

  it('is refused when its key comes with other input', async () => {
    const { act, service, world } = stage()
    const { client } = service(bank)
    const outcome = await act(async () => {
      await client.pay(ann, { idempotencyKey: 'k' })
      await client.pay({ ...ann, cents: 6 }, { idempotencyKey: 'k' })
    })
    expect(outcome).toMatchObject({ kind: 'threw', error: { name: 'ToolFailure', retry: 'never' } })
    expect(world.ledger.rows).toHaveLength(1)
  })

  it('without a key, and any write of a service that keeps none, happens every time', async () => {
    const { act, service, world } = stage()
    const { client } = service(bank)
    await act(async () => {
      for (const options of [{}, {}]) await client.pay(ann, options)
      for (let time = 0; time < 2; time++) await client.wire(ann, { idempotencyKey: 'k' })
    })
    expect(world.ledger.rows.map(({ operation }) => operation)).toEqual(['pay', 'pay', 'wire', 'wire'])
  })

  it('that broke half-way is not carried on by a second request under its key', async () => {
    const { act, inCall, service, world } = stage([['shop.order#t1.c0/a1', 'tool/partial-effect']])
    const lines = z.object({ lines: z.array(z.string()) })
    const shop = defineBackend({
      name: 'shop',
      state: () => ({}),
      operations: ({ write }) => ({ order: write({ input: lines, keyed: true, apply: (_state, { lines }) => lines }) }),
    })
    const { client } = service(shop)
    const order = () => client.order({ lines: ['a', 'b'] }, { idempotencyKey: 'k' })
    const outcome = await act(async () => {
      const first = await inCall('t1.c0', 1, order).catch((error: unknown) => error)
      return [first, await inCall('t1.c0', 2, order)]
    })
    expect(outcome).toMatchObject({ value: [{ code: 'PARTIAL' }, ['a']] })
    expect(world.ledger.rows.map(({ input }) => input)).toEqual([{ lines: ['a'] }])
  })
})

describe('what breaks half-way', () => {
  it('does all but the last of the first list, and can break nothing that has no parts', async () => {
    const decisions = [
      ['bank.batch#t1.c0/a1', 'tool/partial-effect'],
      ['bank.batch#t1.c1/a1', 'tool/partial-effect'],
    ] as const
    const { act, inCall, service, world } = stage(decisions)
    const { client } = service(bank)
    const outcome = await act(() =>
      Promise.allSettled([
        inCall('t1.c0', 1, () => client.batch({ to: ['a', 'b', 'c'] })),
        inCall('t1.c1', 1, () => client.batch({ to: ['d'] })),
      ]),
    )
    expect(outcome).toMatchObject({ value: [{ status: 'rejected' }, { status: 'fulfilled', value: { done: 1 } }] })
    expect(world.ledger.rows.map(({ input }) => input)).toEqual([{ to: ['a', 'b'] }, { to: ['d'] }])
  })
})

describe('input and authors', () => {
  it('that does not fit the schema is refused before anything happens, on no choice of the tape', async () => {
    const { act, service, world } = stage()
    const { client } = service(bank)
    expect(await act(() => client.pay({ to: 'ann', cents: -1 }))).toMatchObject({
      kind: 'threw',
      error: { retry: 'never' },
    })
    expect(world.ledger.rows).toEqual([])
  })

  it('an operation that throws ends the trial with its name', async () => {
    const broken = defineBackend({
      name: 'shop',
      state: () => ({}),
      operations: ({ write }) => ({
        sell: write({
          input: z.object({}),
          apply: () => {
            throw new RangeError('sold out')
          },
        }),
      }),
    })
    const { act, service } = stage()
    const { client } = service(broken)
    await expect(act(() => client.sell({}))).rejects.toMatchObject({
      code: 'scenario',
      message: expect.stringContaining('shop.sell threw: sold out'),
    })
  })
})

describe('a fault of the user', () => {
  it('must do something, at an operation that exists', () => {
    expect(() => defineFault({ name: 'bank/odd', says: '', backend: bank, operation: 'pay' })).toThrowError(
      /does nothing/,
    )
    const nowhere = {
      name: 'bank/odd',
      says: '',
      backend: bank,
      operation: 'sell' as 'pay',
      before: () => new Error('no'),
    } as const
    expect(() => defineFault(nowhere)).toThrowError(/no operation "sell"/)
  })

  it('before the effect leaves the ledger empty, after it changes the answer or throws', async () => {
    const faults = [
      defineFault({ name: 'bank/shut', says: '', backend: bank, operation: 'pay', before: () => new Error('shut') }),
      defineFault({
        name: 'bank/odd',
        says: '',
        backend: bank,
        operation: 'pay',
        after: ({ id }) => ({ id: `odd ${id}` }),
      }),
      defineFault({ name: 'bank/mute', says: '', backend: bank, operation: 'pay', after: () => new Error('mute') }),
    ]
    const decisions = faults.map(({ name }, index) => [`bank.pay#t1.c${index}/a1`, name] as const)
    const { act, inCall, service, world } = stage(decisions)
    const { client } = service(bank, faults)
    const pay = (index: number) => inCall(`t1.c${index}`, 1, () => client.pay({ ...ann, to: `${index}` }))
    const outcome = await act(() => Promise.allSettled([pay(0), pay(1), pay(2)]))
    expect(outcome).toMatchObject({
      value: [{ reason: { message: 'shut' } }, { value: { id: 'odd p-1' } }, { reason: { message: 'mute' } }],
    })
    expect(world.ledger.rows.map(({ once }) => once)).toEqual(['1', '2'])
  })
})
