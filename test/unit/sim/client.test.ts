import { describe, expect, it } from 'vitest'
import { isToolFailure } from '../../../src/core/tool.js'
import { bank } from './bank.js'
import { type Stage, stage } from './stage.js'

const ann = { to: 'ann', cents: 5 }
const site = 'bank.pay#t1.c0/a1'

/** One payment of one call, under the decisions. */
async function pay(...decisions: (readonly [string, string])[]) {
  const on: Stage = stage(decisions)
  const { client } = on.service(bank)
  const outcome = await on.act(() => on.inCall('t1.c0', 1, () => client.pay(ann, { idempotencyKey: 'k' }), 30_000))
  return { ...on, outcome, effects: on.world.ledger.rows.length }
}

describe('a client throws', () => {
  it.each([
    ['transient', 'later'],
    ['permanent', 'never'],
  ])('a ToolFailure for a %s refusal, worth another try %s', async (kind, retry) => {
    const { outcome, effects } = await pay([site, 'tool/error'], [`${site}@kind`, kind])
    expect(outcome.kind === 'threw' && isToolFailure(outcome.error)).toBe(true)
    expect(outcome).toMatchObject({ error: { retry, afterMs: undefined } })
    expect(effects).toBe(0)
  })

  it('at once, and no promise, where the client is not ready', async () => {
    const on = stage([
      [site, 'tool/error'],
      [`${site}@kind`, 'sync-throw'],
    ])
    const { client } = on.service(bank)
    let isPromise = false
    const outcome = await on.act(async () => {
      const promise = on.inCall('t1.c0', 1, () => client.pay(ann))
      isPromise = true
      return promise
    })
    expect(outcome).toMatchObject({ kind: 'threw', error: { message: 'the client is not connected' } })
    expect([isPromise, on.world.now, on.world.ledger.rows.length]).toEqual([false, 0, 0])
    expect(on.events('fault-landed')).toMatchObject([{ fault: 'tool/error', site }])
  })

  it('what is no error', async () => {
    const { outcome, effects } = await pay([site, 'tool/error'], [`${site}@kind`, 'non-error-throw'])
    expect(outcome).toEqual({ kind: 'threw', error: { status: 503, reason: 'unavailable' } })
    expect(effects).toBe(0)
  })

  it('an error with a code where the answer was refused after the effect', async () => {
    const { outcome, effects } = await pay([site, 'tool/error'], [`${site}@kind`, 'validation-after-effect'])
    expect(outcome).toMatchObject({ kind: 'threw', error: { code: 'PARTIAL' } })
    expect(effects).toBe(1)
  })

  it.each([
    ['1', 1_000],
    ['none', undefined],
    ['30', 30_000],
  ])('a ToolFailure for a rate limit, with what Retry-After says (%s)', async (after, afterMs) => {
    const { outcome, effects } = await pay([site, 'tool/rate-limited'], [`${site}@retry-after`, after])
    expect(outcome).toMatchObject({ kind: 'threw', error: { name: 'ToolFailure', retry: 'later', afterMs } })
    expect(effects).toBe(0)
  })

  it.each([
    ['tool/timeout-before-effect', 0],
    ['tool/timeout-after-effect', 1],
  ])('an error with a code, and no ToolFailure, where it cannot know: %s', async (fault, applied) => {
    const { outcome, effects, world } = await pay([site, fault])
    expect(outcome).toMatchObject({ kind: 'threw', error: { code: 'ECONNRESET' } })
    expect(outcome.kind === 'threw' && isToolFailure(outcome.error)).toBe(false)
    expect(effects).toBe(applied)
    expect(world.now).toBe(10_000)
  })
})

describe('an answer comes', () => {
  it.each([
    ['nominal', 100],
    ['x2', 200],
    ['x8', 800],
    ['x64', 6_400],
    ['before-deadline', 29_999],
    ['at-deadline', 30_000],
    ['after-deadline', 30_001],
    ['after-turn', 50_000],
    ['after-run', 430_000],
  ])('%s: after %i ms, and its effect before it', async (time, ms) => {
    const { outcome, world, events } = await pay([`${site}@time`, time])
    expect(outcome).toEqual({ kind: 'returned', value: { id: 'p-1' } })
    expect(events('request-answered').map(({ vt }) => vt)).toEqual([ms])
    expect(world.ledger.rows[0]!.at).toBeLessThan(ms)
    expect(events('request-answered')[0]?.outcome).toBe(ms >= 30_000 ? 'late' : 'ok')
  })

  it('never, and then nothing has happened either', async () => {
    const { outcome, effects, events } = await pay([`${site}@time`, 'never'])
    expect(outcome.kind).toBe('waits')
    expect(effects).toBe(0)
    expect(events('fault-landed')).toMatchObject([{ fault: 'tool/hang', site }])
  })
})

describe('a signal that aborts', () => {
  const withSignal = async (...decisions: (readonly [string, string])[]) => {
    const on = stage(decisions)
    const { client } = on.service(bank)
    const controller = new AbortController()
    on.world.timer(50, () => controller.abort(new Error('enough')))
    const { signal } = controller
    const outcome = await on.act(() => on.inCall('t1.c0', 1, () => client.pay(ann, { signal }), 30_000))
    return { ...on, outcome, effects: on.world.ledger.rows.length }
  }

  it('rejects the call at once with its reason; what was accepted happens all the same', async () => {
    const { outcome, effects } = await withSignal([`${site}@time`, 'x8'])
    expect(outcome).toMatchObject({ kind: 'threw', error: { message: 'enough' } })
    expect(effects).toBe(1)
  })

  it('is not heard by a caller whose answer comes late', async () => {
    expect((await withSignal([`${site}@time`, 'after-turn'])).outcome).toMatchObject({ kind: 'returned' })
  })

  it('before the call sends nothing', async () => {
    const on = stage()
    const { client } = on.service(bank)
    const signal = AbortSignal.abort(new Error('no'))
    expect(await on.act(() => client.pay(ann, { signal }))).toMatchObject({ error: { message: 'no' } })
    expect(on.events('request-arrived')).toEqual([])
  })
})

describe('a crash around a request', () => {
  it.each([
    ['process/crash-before-effect', 0],
    ['process/crash-after-effect', 1],
  ])('%s: nobody is answered', async (fault, applied) => {
    const { outcome, effects, crashes, events } = await pay([site, fault])
    expect(outcome.kind).toBe('waits')
    expect([effects, crashes()]).toEqual([applied, 1])
    expect(events('fault-landed')).toHaveLength(1)
  })

  it('leaves an accepted request to go on: its effect lands, its answer does not', async () => {
    const on = stage()
    const { client } = on.service(bank)
    on.world.timer(10, () => on.setting.crash?.())
    expect((await on.act(() => client.pay(ann))).kind).toBe('waits')
    expect(on.world.ledger.rows).toMatchObject([{ at: 50 }])
    expect(on.events('request-answered')).toEqual([])
  })

  it('is never planned where nobody says how the agent comes back, nor any fault the scenario leaves out', async () => {
    const decisions = [
      ['bank.pay#t1.c0/a1', 'process/crash-after-effect'],
      ['bank.pay#t1.c1/a1', 'tool/error'],
    ] as const
    const on = stage(decisions, { crash: false, without: ['tool/error'] })
    const { client } = on.service(bank)
    await on.act(() =>
      Promise.all([0, 1].map((index) => on.inCall(`t1.c${index}`, 1, () => client.pay({ ...ann, to: `${index}` })))),
    )
    expect(on.events('fault-planned')).toEqual([])
    expect(on.world.ledger.rows).toHaveLength(2)
  })
})

it('requests outside a call are told apart by what they ask and how often', async () => {
  const on = stage()
  const { client } = on.service(bank)
  await on.act(async () => {
    for (const to of ['ann', 'bob', 'ann']) await client.wire({ to, cents: 1 })
  })
  const sites = on.events('request-arrived').map((event) => event.site)
  expect(sites).toEqual([
    expect.stringMatching(/^bank\.wire#run\.[0-9a-f]{4}\/a1$/),
    expect.stringMatching(/^bank\.wire#run\.[0-9a-f]{4}\/a1$/),
    sites[0]!.replace('/a1', '/a2'),
  ])
  expect(sites[1]).not.toBe(sites[0])
})
