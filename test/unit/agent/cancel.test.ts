import { describe, expect, it } from 'vitest'
import type { Agent } from '../../../src/agent/agent.js'
import type { RunResult } from '../../../src/agent/run-session.js'
import type { LogEvent } from '../../../src/core/event.js'
import { ModelError } from '../../../src/core/model.js'
import { strictPairing } from '../../../src/core/pairing.js'
import { StoreError } from '../../../src/core/store.js'
import { Office } from './approval-office.js'
import { propose, runWith, shopTool } from './shop-tools.js'
import { agentOf, calls, say, World } from './small-world.js'

const script = [calls('charge A', 'look B'), calls('reserve C', 'charge D'), say('done')]

const shop = (world: World, saga: boolean): Agent<any> =>
  agentOf(
    [
      world.tool('charge', { isUndoable: true, answer: (attempt) => (attempt === 1 ? 40_000 : 100) }),
      world.tool('reserve', { isUndoable: true, answer: () => 300 }),
      shopTool(world, [], 'look', { takes: 2_000 }),
    ],
    { saga },
  )

/** Aborts when the log holds `after` events, and, when told to, dies some operations later; then runs to the end. */
async function cancelled(saga: boolean, after: number, crashIn?: number) {
  const world = new World()
  const controller = new AbortController()
  const store = world.storePort()
  let seen = 0
  world.storePort = () => ({
    ...store,
    append: async (session, expected, events) => {
      const answer = await store.append(session, expected, events)
      seen = Math.max(seen, expected.version + events.length)
      if (seen >= after && !controller.signal.aborted) {
        controller.abort()
        if (crashIn !== undefined) world.fault = { at: world.operations + crashIn, how: 'crash-after' }
      }
      return answer
    },
  })
  let result: RunResult | 'dead' = 'dead'
  for (let incarnation = 1; result === 'dead' && incarnation < 6; incarnation++) {
    result = await runWith(world, shop(world, saga), world.model(...script), { cancel: controller.signal })
  }
  return { world, result: result as RunResult, log: await world.log(), wasAborted: controller.signal.aborted }
}

const starts = new Set(['model-call-start', 'attempt-start'])

function judge(log: readonly LogEvent[], result: RunResult, world: World, saga: boolean): void {
  const at = log.findIndex(({ type }) => type === 'cancel-requested')
  const stopped = log.findLastIndex(
    (event) => event.type === 'model-call-end' && event.outcome === 'ok' && event.calls.length === 0,
  )
  const undoing = log.findIndex(({ type }) => type === 'saga-abort')
  if (at < 0 || (stopped >= 0 && stopped < at)) expect(result.status).toBe('completed')
  else if (undoing >= 0 && undoing < at) expect(result.status).toBe('failed')
  else expect(result).toMatchObject({ status: 'cancelled', reason: 'cancelled', ...(saga && { residue: [] }) })
  if (at >= 0) expect(log.slice(at).filter(({ type }) => starts.has(type))).toEqual([])
  const ends = log.filter(({ type }) => type === 'run-end')
  expect(ends).toHaveLength(1)
  expect(log.at(-1)).toBe(ends[0])
  for (const { messages } of world.prompts) expect(strictPairing(messages)).toBeUndefined()
  const opened = log
    .filter((event) => event.type === 'batch-open')
    .flatMap((event) => event.calls.map(({ call }) => call))
  const over = log
    .filter((event) => event.type === 'call-settled' || event.type === 'call-rejected')
    .map(({ call }) => call)
  expect([...over].sort()).toEqual([...opened].sort())
  const committed = log.filter((event) => event.type === 'batch-commit')
  expect(committed).toHaveLength(log.filter(({ type }) => type === 'batch-open').length)
  if (saga && result.status !== 'completed') {
    const undone = world.effects
      .filter(({ name }) => name.startsWith('undo'))
      .map(({ key }) => key?.replace('/undo', ''))
    const done = world.effects.filter(({ name }) => !name.startsWith('undo')).map(({ key }) => key)
    expect(done.filter((key) => !undone.includes(key))).toEqual([])
  }
  expect(world.timers).toBe(0)
}

describe.each([false, true])('a cancelled run, with saga %s', (saga) => {
  it('seed-19: starts nothing more, drains what is in flight and leaves a well-formed history, at every event index', async () => {
    const whole = (await cancelled(saga, 1_000)).log.length
    expect(whole).toBeGreaterThan(20)
    const reasons = new Set<string>()
    for (let after = 1; after <= whole; after++) {
      const { log, result, world, wasAborted } = await cancelled(saga, after)
      expect({ after, wasAborted }).toEqual({ after, wasAborted: true })
      judge(log, result, world, saga)
      reasons.add(result.reason)
    }
    expect(reasons).toContain('cancelled')
    expect(reasons).toContain('stop')
  })

  it('seed-19: is still cancelled, and only once, when the process dies at any operation after the wish', async () => {
    for (let after = 2; after <= 24; after += 3) {
      for (let crashIn = 1; crashIn <= 5; crashIn++) {
        const { log, result, world } = await cancelled(saga, after, crashIn)
        expect(log.filter(({ type }) => type === 'cancel-requested').length).toBeLessThanOrEqual(1)
        judge(log, result, world, saga)
      }
    }
  })
})

describe('cancelling', () => {
  it('seed-19: before the first event ends the run before any call of the model', async () => {
    const world = new World()
    const result = await runWith(world, shop(world, false), world.model(...script), { cancel: AbortSignal.abort() })
    expect(result).toMatchObject({ status: 'cancelled' })
    expect(world.prompts).toEqual([])
    expect((await world.log()).map(({ type }) => type)).toEqual(['run-start', 'cancel-requested', 'run-end'])
  })

  it('seed-19: a run that has ended changes nothing', async () => {
    const world = new World()
    const agent = agentOf([world.tool('charge')])
    const first = await runWith(world, agent, world.model(say('done')))
    const again = await runWith(world, agent, world.model(say('done')), { cancel: AbortSignal.abort() })
    expect(again).toEqual(first)
    expect((await world.log()).at(-1)?.type).toBe('run-end')
  })

  it('seed-53: aborts the attempt; its write is unknown, and a result that still comes is recorded late', async () => {
    const world = new World()
    const controller = new AbortController()
    let isAborted = false
    const charge = shopTool(world, [], 'charge', {
      effect: 'write',
      takes: 5_000,
      answer: (_input, { signal }) => {
        isAborted = signal.aborted
        return 'charged'
      },
    })
    const slow = shopTool(world, [], 'slow', { effect: 'write', idempotency: 'none', takes: 4_000 })
    const reconciled = { ...slow, reconcile: () => world.wait(9_000).then(() => 'unknown' as const) }
    const run = runWith(
      world,
      agentOf([charge, reconciled]),
      world.model(propose(['charge', { id: 'A' }], ['slow', { id: 'B' }])),
      { cancel: controller.signal },
    )
    while (!(await world.log()).some(({ type }) => type === 'attempt-start'))
      await new Promise((resolve) => setImmediate(resolve))
    controller.abort()
    expect(await run).toMatchObject({ status: 'cancelled' })
    expect(isAborted).toBe(true)
    const settled = await world.logged('call-settled')
    expect(settled.map(({ call, outcome, error }) => [call, outcome, error?.class])).toEqual([
      ['t1.c0', 'unknown', 'cancelled'],
      ['t1.c1', 'unknown', 'cancelled'],
    ])
    expect(await world.logged('late-result')).toMatchObject([
      { call: 't1.c1', outcome: 'ok' },
      { call: 't1.c0', outcome: 'ok' },
    ])
  })

  it('seed-19: ends a wait before a retry at once', async () => {
    const world = new World()
    const controller = new AbortController()
    const busy = {
      '~model': true as const,
      answer: () =>
        Promise.reject(new ModelError({ class: 'rate-limited', text: 'busy', retryable: true, afterMs: 50_000 })),
    }
    const run = runWith(world, agentOf([]), busy, { cancel: controller.signal })
    while (!(await world.log()).some(({ type }) => type === 'retry-scheduled'))
      await new Promise((resolve) => setImmediate(resolve))
    controller.abort()
    expect(await run).toMatchObject({ status: 'cancelled' })
    expect(world.now).toBeLessThan(5_000)
  })

  it('seed-19: is heard by a run that is about to wait, however long its store takes to write the wish down', async () => {
    const office = new Office()
    const { world } = office
    const controller = new AbortController()
    const store = world.storePort()
    let away = 4
    world.storePort = () => ({
      ...store,
      append: (session, expected, events) => {
        const isWish = events.some(({ type }) => type === 'cancel-requested')
        return isWish && away-- > 0
          ? Promise.reject(new StoreError('away', 'no'))
          : store.append(session, expected, events)
      },
    })
    office.approvals = {
      notify: async () => {},
      decisions: async () => {
        controller.abort()
        await world.wait(10)
        return []
      },
    }
    const result = await office.run(office.agent(), [], controller.signal)
    expect(result).toMatchObject({ status: 'cancelled', reason: 'cancelled' })
    expect((await world.log()).slice(-4).map(({ type }) => type)).toEqual([
      'cancel-requested',
      'call-settled',
      'batch-commit',
      'run-end',
    ])
  })
})
