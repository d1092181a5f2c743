/** What tools declare, in a world: every single fault and many storms of a bank whose tools declare all they can. */

import { describe, expect, it } from 'vitest'
import type { EventOf } from '../../src/core/event.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { simulate } from '../../src/explore/simulate.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { keepsAll } from '../keeps-all.js'
import { bankScenario } from '../scenarios/bank.js'
import { liarScenario } from '../scenarios/liar.js'

const calm = () => runTrial(bankScenario(true), { source: replaySource([]), calm: true })

describe('a bank whose tools declare what they touch, depend on and refuse', () => {
  it('seed-66, seed-70, seed-73, seed-84, seed-85: runs in call order and remembers what is still true, on a calm day', async () => {
    const { events, goal, status, violations, verdicts } = await calm()
    expect(violations).toEqual([])
    expect(verdicts.find(({ invariant }) => invariant === 'causal-order')?.arose).toBeGreaterThan(3)
    expect({ goal, status }).toEqual({ goal: true, status: 'completed' })
    const settled = events.filter((event): event is EventOf<'call-settled'> => event.type === 'call-settled')
    const told = Object.fromEntries(settled.map(({ call, value, note }) => [call, note ?? value]))
    expect(told).toMatchObject({
      't1.c0': { cents: 0 },
      't1.c1': { holds: 500 },
      't1.c2': 'the same call as t1.c1',
      't1.c4': { cents: 500 },
      't2.c0': { confirmed: 1 },
      't2.c2': 'as read by t1.c4',
      't3.c1': { cents: 700 },
    })
    const started = events.filter((event) => event.type === 'attempt-start').map(({ call }) => call)
    expect(started.indexOf('t2.c1')).toBeLessThan(started.indexOf('t2.c0'))
    const rejected = events.filter((event): event is EventOf<'call-rejected'> => event.type === 'call-rejected')
    expect(rejected.map(({ call, error }) => [call, error.class])).toEqual([['t1.c3', 'refused']])
  })

  it.each([false, true])(
    'seed-66, seed-70, seed-73, seed-40, seed-26: keeps every promise under every single fault and in 600 storms, duplicates %s',
    (twice) => keepsAll(bankScenario(twice), { trials: 600 }),
  )
})

it('seed-58: a tool that declares a read and writes is caught by the ledger', async () => {
  const { findings } = await simulate(liarScenario, { trials: 20 })
  expect(findings.length).toBeGreaterThan(0)
  expect(new Set(findings.map(({ invariant }) => invariant))).toEqual(new Set(['an order is paid once']))
  expect(findings.flatMap(({ faults }) => faults)).toContain('tool/timeout-after-effect')
}, 60_000)
