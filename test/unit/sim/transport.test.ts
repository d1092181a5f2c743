import { describe, expect, it } from 'vitest'
import { isToolFailure } from '../../../src/core/tool.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { simplest } from '../../../src/kernel/source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { httpService } from '../../../src/sim/http.js'
import { bank } from './bank.js'
import { type Stage, stage } from './stage.js'

const ann = { to: 'ann', cents: 5 }
const bob = { to: 'bob', cents: 7 }
const first = 'bank.pay#t1.c0/a1'
const second = 'bank.pay#t1.c1/a1'
type Decision = readonly [string, string]

const landed = ({ events }: Stage): readonly string[] => events('fault-landed').map(({ fault }) => fault)

const settled = (one: Promise<unknown>): Promise<unknown> => one.catch((error: Error) => error)

/** Tries of one payment, one after the other, whatever becomes of each. */
async function tries(count: number, ...decisions: Decision[]) {
  const on = stage(decisions)
  const { client } = on.service(bank)
  const seen: unknown[] = []
  await on.act(async () => {
    for (let attempt = 1; attempt <= count; attempt++)
      seen.push(await on.inCall('t1.c0', attempt, () => settled(client.pay(ann, { idempotencyKey: 'k' }))))
  })
  return { on, seen, effects: on.world.ledger.rows.length }
}

/** Two payments at once, in two calls of one turn; when each was answered. */
async function both(...decisions: Decision[]) {
  const on = stage(decisions)
  const { client } = on.service(bank)
  const at: number[] = []
  const pay = async (call: string, input: typeof ann): Promise<unknown> => {
    const answer = await settled(on.inCall(call, 1, () => client.pay(input, { idempotencyKey: call })))
    at.push(Number(call.at(-1)))
    return answer
  }
  const outcome = await on.act(() => Promise.all([pay('t1.c0', ann), pay('t1.c1', bob)]))
  const seen = outcome.kind === 'returned' ? outcome.value : []
  return { on, seen, order: at, effects: on.world.ledger.rows.length }
}

describe('a connection that is refused', () => {
  it.each([
    ['1', 2],
    ['3', 4],
  ])('%s times never reached the service, and then does', async (times, count) => {
    const { on, seen, effects } = await tries(count, [first, 'transport/refused'], [`${first}@times`, times])
    const refusals = seen.slice(0, -1)
    expect(refusals.every((error) => isToolFailure(error) && error.retry === 'later')).toBe(true)
    expect(refusals).toMatchObject(refusals.map(() => ({ cause: { code: 'ECONNREFUSED' } })))
    expect(seen.at(-1)).toEqual({ id: 'p-1' })
    expect(effects).toBe(1)
    expect(landed(on)).toEqual(['transport/refused'])
  })

  it('is heard again once the storm is over', async () => {
    const on = stage([
      [first, 'transport/refused'],
      [`${first}@times`, '10'],
    ])
    const { client } = on.service(bank)
    const pay = (attempt: number) => on.inCall('t1.c0', attempt, () => settled(client.pay(ann)))
    const outcome = await on.act(async () => {
      await pay(1)
      on.world.tape.calm = true
      return pay(2)
    })
    expect(outcome).toEqual({ kind: 'returned', value: { id: 'p-1' } })
  })
})

describe('a connection that is reset', () => {
  it.each([
    ['before-send', 0],
    ['after-send', 1],
    ['mid-body', 1],
  ])('%s leaves its caller without an answer: %i effects', async (at, effects) => {
    const result = await tries(1, [first, 'transport/reset'], [`${first}@at`, at])
    expect(result.seen).toMatchObject([{ code: 'ECONNRESET' }])
    expect(isToolFailure(result.seen[0])).toBe(false)
    expect(result.effects).toBe(effects)
    expect(result.on.world.now).toBe(100)
    expect(landed(result.on)).toEqual(['transport/reset'])
  })

  it('in the middle of a body over HTTP: the status came, and reading on fails as with fetch', async () => {
    const site = /^bank\.named#/
    const on = stage()
    const { service } = on.service(bank)
    const pick = on.world.tape.pick.bind(on.world.tape)
    on.world.tape.pick = (label, kind, alternatives) => {
      const wanted = site.test(label) && (label.endsWith('@at') ? 'mid-body' : 'transport/reset')
      return wanted && alternatives.includes(wanted) ? alternatives.indexOf(wanted) : pick(label, kind, alternatives)
    }
    const url = 'https://bank.example/v1/names/ann'
    const request = { method: 'GET', url, headers: new Headers(), body: '', signal: undefined }
    const outcome = await on.act(async () => {
      const response = await (httpService(on.setting, service)(request) as Promise<Response>)
      return [response.status, await settled(response.text())] as const
    })
    expect(outcome).toMatchObject({ kind: 'returned', value: [200, { message: 'terminated' }] })
  })
})

describe('a request that is delivered twice', () => {
  it.each([
    ['1000', 1_100],
    ['60000', 60_100],
  ])('%s ms apart is done once under its key, and answered by the second delivery', async (gap, ms) => {
    const { on, seen, effects } = await tries(1, [first, 'transport/duplicate-delivery'], [`${first}@gap`, gap])
    expect(seen).toEqual([{ id: 'p-1' }])
    expect(effects).toBe(1)
    expect(on.events('request-answered').map(({ vt }) => vt)).toEqual([ms])
    expect(landed(on)).toEqual(['transport/duplicate-delivery'])
  })

  it('at once makes no difference where the service knows the key', async () => {
    const { on, effects } = await tries(1, [first, 'transport/duplicate-delivery'], [`${first}@gap`, '0'])
    expect(effects).toBe(1)
    expect(landed(on)).toEqual([])
  })

  it('without a key is done twice, and that is the doing of whoever sent none', async () => {
    const on = stage([[first, 'transport/duplicate-delivery']])
    const { client } = on.service(bank)
    const seen = await on.act(() => on.inCall('t1.c0', 1, () => client.pay(ann)))
    expect(on.world.ledger.rows).toHaveLength(2)
    expect(seen).toEqual({ kind: 'returned', value: { id: 'p-2' } })
    expect(on.events('fault-injected')[0]?.waives).toBeUndefined()
  })

  it.each(['0', '1000'])(
    '%s ms apart has made a difference when the second is done, before anybody is answered',
    async (gap) => {
      const pays = defineScenario({
        name: 'pays',
        backends: { bank },
        run: ({ bank }) => bank.pay(ann),
        model: () => [],
        always: { 'paid once': ({ ledger }) => ledger.bank.pay.length <= 1 },
      })
      const { visited } = await runTrial(pays, { source: simplest, keepSites: true })
      const site = visited?.find(({ label }) => label.startsWith('bank.pay#'))?.label as string
      const decisions: Decision[] = [
        [site, 'transport/duplicate-delivery'],
        [`${site}@gap`, gap],
      ]
      const { ending, violations, faults } = await runTrial(pays, { source: replaySource(decisions) })
      expect([ending, violations[0]?.invariant]).toEqual(['stopped', 'paid once'])
      expect(faults).toEqual({ 'transport/duplicate-delivery': { planned: 1, injected: 1, landed: 1 } })
    },
  )

  it('to a service that knows no keys: only where it is allowed, and then nobody is blamed', async () => {
    const site = 'bank.wire#t1.c0/a1'
    const under = async (allow: readonly string[]) => {
      const on = stage([[site, 'transport/duplicate-delivery']], { allow })
      const { client } = on.service(bank)
      await on.act(() => on.inCall('t1.c0', 1, () => client.wire(ann)))
      return [on.world.ledger.rows.length, on.events('fault-injected')[0]?.waives]
    }
    expect(await under([])).toEqual([1, undefined])
    expect(await under(['transport/duplicate-delivery'])).toEqual([2, ['at-most-once-effect', 'always']])
  })
})

describe('two requests on one connection', () => {
  it('may be answered the later first', async () => {
    const { on, seen, order, effects } = await both([second, 'transport/reorder'])
    expect(order).toEqual([1, 0])
    expect(on.events('request-answered').map(({ site, vt }) => [site, vt])).toEqual([
      [second, 101],
      [first, 101],
    ])
    expect(seen).toEqual([{ id: 'p-2' }, { id: 'p-1' }])
    expect(effects).toBe(2)
    expect(landed(on)).toEqual(['transport/reorder'])
  })

  it('come so anyway where the earlier one takes longer', async () => {
    const { on, order } = await both([second, 'transport/reorder'], [`${first}@time`, 'x8'])
    expect(order).toEqual([1, 0])
    expect(landed(on)).toEqual(['tool/delay'])
  })

  it('with one id: both were done, and neither client takes the answer of the other', async () => {
    const { on, seen, effects } = await both([second, 'transport/id-collide'])
    expect(seen).toMatchObject([
      { code: 'PARTIAL', message: /another request/ },
      { code: 'PARTIAL', message: /another request/ },
    ])
    expect(effects).toBe(2)
    expect(landed(on)).toEqual(['transport/id-collide'])
  })

  it('of which one is a dead process’s share none: the next life is offered neither', async () => {
    const on = stage([[second, 'transport/reorder']])
    const { client } = on.service(bank)
    void on.act(() => on.inCall('t1.c0', 1, () => client.pay(ann, { idempotencyKey: 't1.c0' })))
    on.world.nextIncarnation()
    await on.act(() => on.inCall('t1.c1', 1, () => client.pay(bob, { idempotencyKey: 't1.c1' })))
    expect(on.world.ledger.rows).toHaveLength(2)
    expect(landed(on)).toEqual([])
  })

  it('a request that is alone is offered neither', async () => {
    const { on } = await both([first, 'transport/id-collide'])
    expect(landed(on)).toEqual([])
  })
})

describe('a cascade', () => {
  const cascade = (scope: string, after: string): Decision[] => [
    [first, 'tool/cascade'],
    [`${first}@scope`, scope],
    [`${first}@after`, after],
  ]
  const walk = async (...decisions: Decision[]) => {
    const on = stage(decisions)
    const { client } = on.service(bank)
    const seen: boolean[] = []
    const note = async (call: string, body: () => Promise<unknown>): Promise<void> =>
      void seen.push(!((await settled(on.inCall(call, 1, body))) instanceof Error))
    await on.act(async () => {
      await note('t1.c0', () => client.pay(ann))
      await note('t2.c0', () => client.pay(bob))
      await note('t3.c0', () => client.named({ name: 'ann' }))
      on.world.tape.calm = true
      await note('t4.c0', () => client.pay(bob))
    })
    return { seen, landed: landed(on) }
  }

  it.each([
    ['operation', '1', [false, false, true, true]],
    ['service', '1', [false, false, false, true]],
    ['service', '2', [true, false, false, true]],
    ['service', '4', [true, true, true, true]],
  ])('of the %s after %s requests refuses until the storm is over', async (scope, after, seen) => {
    const walked = await walk(...cascade(scope, after))
    expect(walked.seen).toEqual(seen)
    expect(walked.landed).toEqual(seen.includes(false) ? ['tool/cascade'] : [])
  })
})

describe('an effect that a service doubles', () => {
  it('happens only where it is allowed, whatever the key, and nobody is blamed', async () => {
    const under = async (allow: readonly string[]) => {
      const on = stage([[first, 'tool/duplicate-effect']], { allow })
      const { client } = on.service(bank)
      await on.act(() => on.inCall('t1.c0', 1, () => client.pay(ann, { idempotencyKey: 'k' })))
      return [on.world.ledger.rows.length, on.events('fault-injected')[0]?.waives, landed(on)]
    }
    expect(await under([])).toEqual([1, undefined, []])
    const waived = ['at-most-once-effect', 'always']
    expect(await under(['tool/duplicate-effect'])).toEqual([2, waived, ['tool/duplicate-effect']])
  })
})
