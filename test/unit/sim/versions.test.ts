/** What a service tells of its resources: which version a read was told, and which a write made. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineBackend } from '../../../src/sim/define-backend.js'
import { returned, stage } from './stage.js'

const named = z.object({ till: z.string() })

const shop = (more: object = {}, about = ({ till }: { till: string }): readonly string[] => [till]) =>
  defineBackend({
    name: 'shop',
    ...more,
    state: () => ({ sales: 0 }),
    operations: ({ read, write }) => ({
      count: read({ input: named, about, answer: ({ sales }) => ({ sales }) }),
      sure: read({ input: named, about, consistent: true, answer: ({ sales }) => ({ sales }) }),
      sell: write({ input: named, about, keyed: true, apply: (state) => ({ sales: ++state.sales }) }),
      tip: write({ input: named, about, adds: true, apply: () => ({ thanks: true }) }),
      rival: write({
        input: named,
        about,
        apply: (state) => ({ sales: ++state.sales }),
        rival: (state) => void state.sales++,
      }),
    }),
  })

const A = { till: 'A' }
const told = (one: ReturnType<typeof stage>) =>
  one.events('resource-read').map(({ operation, resource, version, isStale = false }) => {
    return [operation, resource, version, isStale]
  })
const made = (one: ReturnType<typeof stage>) =>
  one.events('effect-applied').map(({ operation, wrote, adds = false }) => [operation, wrote, adds])

describe('a service that says what its operations are about', () => {
  it('counts the writes of each resource, and tells each read of them', async () => {
    const one = stage()
    const { client } = one.service(shop())
    await one.act(async () => {
      await client.count(A)
      await client.sell(A)
      await client.sell({ till: 'B' })
      await client.tip(A)
      await one.inCall('t1.c0', 2, () => client.count(A))
    })
    expect(made(one)).toEqual([
      ['sell', [{ resource: 'A', version: 1 }], false],
      ['sell', [{ resource: 'B', version: 1 }], false],
      ['tip', [{ resource: 'A', version: 2 }], true],
    ])
    expect(told(one)).toEqual([
      ['count', 'A', 0, false],
      ['count', 'A', 2, false],
    ])
    expect(one.events('resource-read')[1]).toMatchObject({ backend: 'shop', call: 't1.c0', attempt: 2 })
  })

  it('makes no version of what it has done before, nor of what somebody else does', async () => {
    const one = stage([['shop.rival#t1.c0/a1', 'isolation/shared-resource']])
    const { client } = one.service(shop())
    await one.act(async () => {
      for (const idempotencyKey of ['k', 'k']) await client.sell(A, { idempotencyKey })
      await one.inCall('t1.c0', 1, () => client.rival(A))
      await client.sure(A)
    })
    expect(made(one).map(([, wrote]) => wrote)).toEqual([
      [{ resource: 'A', version: 1 }],
      [{ resource: 'A', version: 2 }],
    ])
    expect(told(one)).toEqual([['sure', 'A', 2, false]])
  })

  it('says that it is an old version where a copy answers', async () => {
    const site = 'shop.count#t1.c0/a1'
    const lags = stage([[`${site}/behind`, '1']])
    const replica = lags.service(shop({ eventual: { staleMs: 9_000 } })).client
    await lags.act(async () => {
      for (const _ of [1, 2]) await replica.sell(A)
      await lags.inCall('t1.c0', 1, () => replica.count(A))
      await replica.sure(A)
    })
    expect(told(lags)).toEqual([
      ['count', 'A', 1, true],
      ['sure', 'A', 2, false],
    ])
    const struck = stage([
      [site, 'tool/stale-data'],
      [`${site}@versions-behind`, 'all'],
    ])
    const { client } = struck.service(shop())
    await struck.act(async () => {
      for (const _ of [1, 2]) await client.sell(A)
      await struck.inCall('t1.c0', 1, () => client.count(A))
    })
    expect(told(struck)).toEqual([['count', 'A', 0, true]])
  })

  it.each(['tool/garbage-result', 'tool/cascade'])('tells nothing under %s', async (fault) => {
    const one = stage([['shop.count#t1.c0/a1', fault]])
    const { client } = one.service(shop())
    await one.act(() => one.inCall('t1.c0', 1, () => client.count(A)))
    expect(one.events('request-arrived')).toHaveLength(1)
    expect(told(one)).toEqual([])
  })

  it('is told where its author goes wrong', async () => {
    const { act, service } = stage()
    const { client } = service(shop({}, () => 'A' as never))
    await expect(act(() => client.count(A)).then(returned)).rejects.toMatchObject({
      code: 'scenario',
      message: expect.stringContaining('the operation shop.count is about what is no list of names'),
    })
  })
})
