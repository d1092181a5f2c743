/** Rate limits, breakers and budgets in a world: every single fault, and storms. */

import { describe, expect, it } from 'vitest'
import { withParts } from '../../src/agent/agent.js'
import type { Parts } from '../../src/agent/parts.js'
import { simulate } from '../../src/explore/simulate.js'
import { simplest } from '../../src/kernel/source.js'
import { admit, count } from '../../src/resilience/breaker.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { keepsAll } from '../keeps-all.js'
import { trading } from '../scenarios/trading.js'

const bounds = [
  { shared: false, countUnit: 'attempt' },
  { shared: true, countUnit: 'attempt' },
  { shared: true, countUnit: 'call' },
  { shared: false, countUnit: 'call' },
] as const

describe.each(bounds)('seed-48, seed-106, seed-7: with $shared as shared and breakers by $countUnit', (one) => {
  it('the calm day refuses the third quote and the third order, and completes', async () => {
    const trial = await runTrial(trading(one), { source: simplest, calm: true })
    expect(trial.violations).toEqual([])
    expect(trial.status).toBe('completed')
    const refused = trial.events.filter(
      (event) =>
        (event.type === 'call-rejected' || event.type === 'call-settled') && event.error?.class === 'rate-limited',
    )
    expect(refused.map((event) => (event as { call: string }).call)).toEqual(['t1.c2', 't3.c0'])
  })

  it('no single fault and no storm breaks a promise', async () => {
    await keepsAll(trading(one), { trials: 400, seed: 5 })
  })
})

describe('breaker-safety is broken by a breaker', () => {
  const own = { shared: false, countUnit: 'attempt' } as const
  const broken: readonly [string, Parts['admitAttempt'], Parts['countAttempt']][] = [
    [
      'that counts failures which were not in a row',
      admit,
      (policy, state, ended, now) =>
        ended.health === 'ok' && state.kind === 'closed' ? state : count(policy, state, ended, now),
    ],
    [
      'that lets everybody in while half-open',
      (policy, state, name, now) => admit(policy, { ...state, probe: undefined }, name, now),
      count,
    ],
    ['that lets everybody in', (_policy, state) => [state, 'admitted'], count],
  ]

  it.each(broken)(
    '%s',
    async (_what, admitAttempt, countAttempt) => {
      const scenario = trading(own, (agent) => withParts(agent, { admitAttempt, countAttempt }))
      const campaign = await simulate(scenario, { trials: 200, seed: 5, time: '20s' })
      expect(campaign.findings.map(({ invariant }) => invariant)).toContain('breaker-safety')
    },
    300_000,
  )
})
