/** Storms that once broke a promise of agents whose subagents have subagents. */

import { describe, expect, it } from 'vitest'
import { replaySource } from '../../src/explore/replay-source.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import chief from '../systems/chief.js'

async function replay(...decisions: readonly (readonly [label: string, alternative: string])[]) {
  const source = replaySource(decisions)
  const trial = await runTrial(chief, { source, keepGoing: true })
  expect(source.unconsumed()).toEqual([])
  return trial
}

const outage = (site: string) =>
  [
    [site, 'store/outage'],
    [`${site}@ms`, '30000'],
  ] as const

describe('a subagent whose log cannot be written takes its own subagents along', () => {
  it('out of the model call that hangs', async () => {
    const { events, violations } = await replay(
      ['t1.c0/t1.c0/subagent/a1', 'subagent/hang'],
      ...outage('t1.c0/store/subagent-end/t1.c1/try-1'),
    )
    expect(violations).toEqual([])
    const cut = events.find((event) => event.type === 'attempt-end' && event.outcome !== 'ok')
    const hung = events.find((event) => event.type === 'fault-landed' && event.fault === 'subagent/hang')
    expect(cut).toMatchObject({ call: 't1.c0', at: hung?.vt })
  })

  it('out of the wait for their own log', async () => {
    const { events, violations } = await replay(
      ...outage('t1.c0/store/run-start/run/try-1'),
      ['t1.c0/t1.c0/store/run-start/run/try-1', 'process/crash-before-effect'],
      ['t1.c0/t1.c0/model/t2/a1', 'model/bad-body'],
      ...outage('t1.c0/store/call-settled/t1.c1/try-1'),
      ['t1.c0/t1.c0/model/t2/a2', 'model/http-error'],
      ...outage('t1.c0/t1.c0/store/call-settled/t2.c0/try-1'),
    )
    expect(violations).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'rest', timers: 0 })
  })
})
