/** Who runs a session again, and when. */

import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import type { RunResult } from '../../../src/agent/run-session.js'
import { scopes } from '../../../src/box/scopes.js'
import { StoreError } from '../../../src/core/store.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { World } from '../../../src/kernel/world.js'
import { hostOf, rootScope } from '../../../src/scenario/host.js'
import type { Settled } from '../../../src/scenario/run.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const away = new StoreError('away', 'no')
const done: RunResult = { status: 'completed', text: 'done', reason: 'stop', residue: [] }

/** A host of a session whose runs end as `endings` say; when each began, and what became of it. */
async function hosted(endings: readonly (RunResult | Error)[], calmAt?: number) {
  const world = new World({
    source: replaySource([]),
    scopes,
    boundary: (then) => void setImmediate(then),
    epochMs: 0,
    maxSteps: 1_000,
    horizonMs: 1_000,
    budgetMs: 86_400_000,
  })
  const began: number[] = []
  let settled: Settled | undefined
  const run = async (): Promise<RunResult> => {
    const ending = endings[began.length] ?? (endings.at(-1) as RunResult | Error)
    began.push(world.now)
    await new Promise<void>((resolve) => void world.timer(100, resolve))
    if (ending instanceof Error) throw ending
    return ending
  }
  const host = hostOf(world, {
    run,
    awaits: () => false,
    isFound: () => true,
    settled: (how) => (settled = how),
    tell: () => {},
  })
  const calm = (): void => {
    world.tape.calm = true
  }
  if (calmAt !== undefined) world.timer(calmAt, calm)
  await world.run(rootScope(world), host.start)
  return { began, settled }
}

describe('a host', () => {
  it('runs a session again whose log could not be written, each time a while later', async () => {
    const { began, settled } = await hosted([away, away, away, done])
    expect(began).toEqual([0, 1_100, 3_200, 7_300])
    expect(settled).toMatchObject({ status: 'completed', result: 'done' })
  })

  it('never waits longer than 30 s', async () => {
    const { began } = await hosted([...Array(8).fill(away), done])
    const waits = began.slice(1).map((at, index) => at - (began[index] as number) - 100)
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  it('gives up when a run that began after the storm could not write its log either', async () => {
    const { began, settled } = await hosted([away], 3_000)
    expect(began).toEqual([0, 1_100, 3_200])
    expect(settled).toMatchObject({ status: 'failed', reason: 'threw', error: away })
  })

  it('does not run a session again that failed for another reason', async () => {
    const { began, settled } = await hosted([new Error('broken'), done])
    expect(began).toEqual([0])
    expect(settled).toMatchObject({ status: 'failed', result: 'broken' })
  })
})

const write = 'store/model-call-start/t1/a1/try-1'
const openAgain = 'store/open/session/try-8'

describe('a run whose store is away for longer than it insists', () => {
  it.each([
    ['once', [write, '30000']],
    ['until the storm ends', [write, '3600000']],
    ['twice in a row', [write, '30000', openAgain, '3600000']],
  ])('is run again, %s, and reaches its goal', async (_how, sites) => {
    const decisions = sites.flatMap((site, at) =>
      at % 2 === 0 ? [[site, 'store/outage'] as const, [`${site}@ms`, sites[at + 1] as string] as const] : [],
    )
    const source = replaySource(decisions)
    const result = await runTrial(checkout, { source, keepGoing: true })
    expect(source.unconsumed()).toEqual([])
    expect(result).toMatchObject({ status: 'completed', goal: true, violations: [] })
    expect(result.faults['store/outage']).toMatchObject({ landed: decisions.length / 2 })
    expect(result.events.filter(({ type }) => type === 'run-resume').length).toBeGreaterThan(0)
    expect(result.events.filter(({ type }) => type === 'crash')).toEqual([])
  })
})
