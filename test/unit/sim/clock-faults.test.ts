/** Clocks of the process that are wrong, or stand still, and waits that are none: what an agent sees of them. */

import { describe, expect, it } from 'vitest'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { troubleClock } from '../../../src/sim/process-clock.js'
import { bank } from './bank.js'
import { returned, type Stage, stage } from './stage.js'
import { talk } from './talk.js'

const counted = ({ events }: Pick<Stage, 'events'>): number[] =>
  (['fault-planned', 'fault-injected', 'fault-landed'] as const).map((type) => events(type).length)

const model = 'model/t1/a1'
const http = (...more: Pair[]): Pair[] => [[model, 'model/http-error'], [`${model}@retry-after`, 'date'], ...more]

describe('clock/skew', () => {
  const wrong: Pair[] = [
    ['clock/wall', 'clock/skew'],
    ['clock/wall@ms', '-5000'],
  ]

  it('the process goes by another time of day than everybody else, until the storm ends', async () => {
    const on = stage(wrong)
    troubleClock(on.setting)
    const { world } = on
    const outcome = await on.act(async () => {
      const [first, second] = [world.wall - world.timeOfDay, world.wall - world.timeOfDay]
      world.tape.calm = true
      return [first, second, world.wall - world.timeOfDay]
    })
    expect(returned(outcome)).toEqual([-5_000, -5_000, 0])
    expect(counted(on)).toEqual([1, 1, 1])
  })

  it.each([
    ['nothing', [], 29_900],
    ['its own clock', wrong, 34_900],
  ])('a date in Retry-After is read by the clock of the process: wrong by %s', async (_what, decisions, afterMs) => {
    const { setting, act, ask } = talk({ decisions: http(...decisions) })
    troubleClock(setting)
    expect(await act(() => ask())).toMatchObject({ kind: 'threw', error: { detail: { afterMs } } })
  })

  it('is not planned where nobody looks', async () => {
    const on = stage(wrong)
    troubleClock(on.setting)
    await on.act(async () => on.world.now)
    expect(counted(on)).toEqual([0, 0, 0])
  })
})

describe('clock/jump', () => {
  const hourBack: Pair[] = [[model, 'clock/jump']]

  it('moves the time of day between two looks, and no other time', async () => {
    const on = talk({ decisions: hourBack })
    troubleClock(on.setting)
    const { world } = on
    const outcome = await on.act(async () => {
      const before = world.wall
      await on.ask()
      expect(counted(on)).toEqual([1, 1, 0])
      return [world.wall - before, world.now]
    })
    expect(returned(outcome)).toEqual([1_000 - 3_600_000, 1_000])
    expect(counted(on)).toEqual([1, 1, 1])
  })

  it('is not planned for who never looks, or only to read a date', async () => {
    const blind = talk({ decisions: hourBack })
    troubleClock(blind.setting)
    await blind.act(() => blind.ask())
    const dated = talk({ decisions: http([`model/t1/a2`, 'clock/jump']) })
    troubleClock(dated.setting)
    await dated.act(() => dated.ask().catch(() => dated.ask(undefined, undefined, 2)))
    expect([counted(blind), counted(dated)]).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ])
  })

  it('an agent that measures by it pays twice where it thinks that no time has passed', async () => {
    const impatient = defineScenario<{ bank: typeof bank }, Record<never, never>, string>({
      name: 'impatient',
      backends: { bank },
      run: async ({ bank: { wire } }) => {
        const until = Date.now() + 60_000
        await fetch('https://api.openai.com/v1/chat/completions', {
          method: 'POST',
          headers: { authorization: 'Bearer x' },
          body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'go' }] }),
        })
        // Written for a world in which at least 30 s pass while a model answers.
        for (let left = until - Date.now(); left > 60_000; left -= 3_600_000) await wire({ to: 'ann', cents: 5 })
        await wire({ to: 'ann', cents: 5 })
        return 'paid'
      },
      model: ({ say }) => [say('Go.')],
      always: { 'ann is paid once': ({ ledger }) => ledger.bank.wire.length <= 1 },
    })
    const calm = await runTrial(impatient, { source: replaySource([]), keepGoing: true })
    expect(calm.violations).toEqual([])
    const result = await runTrial(impatient, { source: replaySource(hourBack), keepGoing: true })
    const broken = result.violations.map(({ invariant }) => invariant)
    expect(broken).toContain('ann is paid once')
    expect(broken).toContain('time-discipline')
    expect(result.violations.find(({ invariant }) => invariant === 'time-discipline')?.because).toBe(
      'with its wall clock wrong the run ended completed (returned) after bank.wire 2 times; with that clock right, and nothing else changed, it ended completed (returned) after bank.wire',
    )
    const again = await runTrial(impatient, { source: replaySource(hourBack), keepGoing: true })
    expect(again.fingerprint).toBe(result.fingerprint)
    expect(result.faults['clock/jump']).toEqual({ planned: 1, injected: 1, landed: 1 })
  })
})

describe('clock/same-tick', () => {
  it('answers come in the instant in which they are asked for, as many as it says', async () => {
    const on = talk({ decisions: [[model, 'clock/same-tick']] })
    troubleClock(on.setting)
    const { client } = on.service(bank)
    const outcome = await on.act(async () => {
      const times: number[] = []
      await on.ask()
      for (const cents of [1, 2, 3]) {
        times.push(on.world.now)
        await client.pay({ to: 'ann', cents })
      }
      return [...times, on.world.now]
    })
    expect(returned(outcome)).toEqual([0, 0, 100, 200])
    expect(counted(on)).toEqual([1, 1, 1])
  })

  it('time goes on when the storm is over', async () => {
    const on = talk({ decisions: [[model, 'clock/same-tick']] })
    troubleClock(on.setting)
    const { client } = on.service(bank)
    await on.act(async () => {
      await on.ask()
      on.world.tape.calm = true
      await client.pay({ to: 'ann', cents: 1 })
    })
    expect(on.world.now).toBe(100)
  })
})

describe('clock/timer-edge', () => {
  it.each([
    ['nan', Number.NaN, 'NaN'],
    ['negative', -1_000, '-1'],
    ['zero', 0, '0'],
    ['beyond', 2 ** 32, '4294967.296'],
  ])('%s: the service asks for a wait that no timer takes', async (delay, afterMs, header) => {
    const probe = stage()
    await probe.act(() => probe.service(bank).client.pay({ to: 'ann', cents: 5 }))
    const at = probe.events('request-arrived')[0]?.site as string
    const on = stage([
      [at, 'clock/timer-edge'],
      [`${at}@delay`, delay],
    ])
    const outcome = await on.act(() => on.service(bank).client.pay({ to: 'ann', cents: 5 }))
    expect(outcome).toMatchObject({ kind: 'threw', error: { name: 'ToolFailure', retry: 'later', afterMs } })
    expect(String(afterMs / 1_000)).toBe(header)
    expect(on.world.ledger.rows).toEqual([])
    expect(counted(on)).toEqual([1, 1, 1])
  })
})
