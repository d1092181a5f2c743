/** The order of the third document: paid, and then the stock answers 503. What is left is told exactly, whatever breaks. */

import { describe, expect, it } from 'vitest'
import { installShims } from '../../src/box/install.js'
import type { AnyEvent, EventOf, EventType } from '../../src/core/event.js'
import type { Pair } from '../../src/explore/hands.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { keepsAll } from '../keeps-all.js'

installShims()
const { default: order } = await import('../../scenarios/order.scenario.js')

/** The third failure opens the breaker: the fourth attempt of a step is not made. That of a compensation is. */
const attempts = [1, 2, 3] as const
const everyAttempt = (site: string, fault: string): Pair[] =>
  (site.endsWith('.undo') ? [...attempts, 4] : attempts).map((attempt) => [`${site}/a${attempt}`, fault])

const charge = 'payment.charge#t1.c0'
const refund = 'payment.refund#t1.c0.undo'
const reserve = 'stock.reserve#t2.c0'
const release = 'stock.release#t2.c0.undo'

const of = <K extends EventType>(events: readonly AnyEvent[], type: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> & AnyEvent => event.type === type) as never

/** One trial of exactly these decisions, all of which must have been met. */
async function trial(...decisions: readonly Pair[]) {
  const result = await runTrial(order, { source: replaySource(decisions), keepSites: true, keepGoing: true })
  const { events } = result
  const made = result.decisions.map(({ label, alternative }) => [label, alternative])
  expect(made).toEqual(expect.arrayContaining(decisions as [string, string][]))
  expect(result.violations).toEqual([])
  const undone = new Set(of(events, 'effect-compensated').map(({ effect }) => effect))
  const forward = of(events, 'effect-applied').filter(({ operation }) => !['refund', 'release'].includes(operation))
  return {
    ...result,
    ends: of(events, 'saga-end').map(({ status, residue }) => ({ status, residue })),
    runEnd: of(events, 'run-end').map(({ status, reason, residue }) => ({ status, reason, residue })),
    applied: forward.map(({ operation }) => operation),
    remains: forward.filter(({ effect }) => !undone.has(effect)).map(({ call }) => call),
    compensations: of(events, 'compensation-start').map(({ tool, attempt, key }) => [tool, attempt, key]),
  }
}

const compensated = [{ status: 'compensated', residue: [] }]
const undoneRun = [{ status: 'failed', reason: 'saga-compensated', residue: [] }]

describe('seed-115, seed-125: an order that is charged, reserved and told of', () => {
  it('is committed on a calm day, the notice last', async () => {
    const { ends, applied, status, goal } = await trial()
    expect({ ends, status, goal }).toEqual({
      ends: [{ status: 'committed', residue: [] }],
      status: 'completed',
      goal: true,
    })
    expect(applied).toEqual(['charge', 'reserve', 'send'])
  })

  it('goes through when the stock answers 503 once', async () => {
    const { status, applied } = await trial([`${reserve}/a1`, 'tool/error'])
    expect({ status, applied }).toEqual({ status: 'completed', applied: ['charge', 'reserve', 'send'] })
  })

  it('seed-116: is compensated when the stock answers 503 to every attempt: the charge is given back, nobody was told', async () => {
    const end = await trial(...everyAttempt(reserve, 'tool/error'))
    expect(end).toMatchObject({ ends: compensated, runEnd: undoneRun, applied: ['charge'], remains: [] })
    expect(end.compensations.map(([tool]) => tool)).toEqual(['charge'])
  })

  it('is compensated when the stock refuses once and for good: one decision', async () => {
    const end = await trial([`${reserve}/a1`, 'tool/error'], [`${reserve}/a1@kind`, 'permanent'])
    expect(end).toMatchObject({ ends: compensated, runEnd: undoneRun, applied: ['charge'], remains: [] })
  })

  it.each(['tool/timeout-after-effect', 'tool/timeout-before-effect'])(
    'seed-120, seed-116: is compensated when no answer of the stock arrives (%s): the step in doubt first, then the one before',
    async (fault) => {
      const end = await trial(...everyAttempt(reserve, fault))
      expect(end).toMatchObject({ ends: compensated, runEnd: undoneRun, remains: [] })
      expect(end.applied).toEqual(fault === 'tool/timeout-after-effect' ? ['charge', 'reserve'] : ['charge'])
      expect(end.compensations.map(([tool]) => tool)).toEqual(['reserve', 'charge'])
    },
  )

  it('seed-120: registers what would undo a step before the step starts', async () => {
    const { events } = await trial(...everyAttempt(reserve, 'tool/timeout-after-effect'))
    for (const { call, seq } of of(events, 'saga-step-registered')) {
      const [first] = of(events, 'attempt-start').filter((event) => event.call === call)
      expect(first?.seq).toBeGreaterThan(seq)
    }
    expect(of(events, 'saga-step-registered').map(({ tool }) => tool)).toEqual(['charge', 'reserve'])
  })
})

describe('seed-121: a refund that fails', () => {
  const away = everyAttempt(reserve, 'tool/error')

  it('for good leaves exactly the charge, and the run needs a person', async () => {
    const end = await trial(...away, [`${refund}/a1`, 'tool/error'], [`${refund}/a1@kind`, 'permanent'])
    expect(end).toMatchObject({
      ends: [{ status: 'needs-intervention', residue: ['t1.c0'] }],
      runEnd: [{ status: 'needs-intervention', reason: 'saga-residue', residue: ['t1.c0'] }],
      applied: ['charge'],
      remains: ['t1.c0'],
    })
  })

  it('at every attempt leaves exactly the charge, under one key, and the reservation is released all the same', async () => {
    const lost = everyAttempt(reserve, 'tool/timeout-after-effect')
    const end = await trial(...lost, ...everyAttempt(refund, 'tool/error'))
    expect(end).toMatchObject({
      ends: [{ status: 'needs-intervention', residue: ['t1.c0'] }],
      applied: ['charge', 'reserve'],
      remains: ['t1.c0'],
    })
    expect(end.compensations.map(([tool, attempt]) => [tool, attempt])).toEqual([
      ['reserve', 1],
      ['charge', 1],
      ['charge', 2],
      ['charge', 3],
      ['charge', 4],
    ])
    expect(new Set(end.compensations.slice(1).map(([, , key]) => key)).size).toBe(1)
  })

  it('that fails to release leaves exactly the reservation: the charge before it is still given back', async () => {
    const lost = everyAttempt(reserve, 'tool/timeout-after-effect')
    const end = await trial(...lost, ...everyAttempt(release, 'tool/error'))
    expect(end).toMatchObject({
      ends: [{ status: 'needs-intervention', residue: ['t2.c0'] }],
      remains: ['t2.c0'],
    })
    expect(end.compensations.at(-1)?.[0]).toBe('charge')
  })

  it('seed-119: once, or whose answer is lost, is sent again under its key and given back once', async () => {
    for (const fault of ['tool/error', 'tool/timeout-after-effect', 'tool/timeout-before-effect']) {
      const end = await trial(...away, [`${refund}/a1`, fault])
      expect(end).toMatchObject({ ends: compensated, remains: [] })
      expect(of(end.events, 'effect-compensated')).toHaveLength(1)
      expect(
        end.compensations.map(([tool, attempt, key]) => [tool, attempt, key === end.compensations[0]?.[2]]),
      ).toEqual([
        ['charge', 1, true],
        ['charge', 2, true],
      ])
    }
  })
})

describe('seed-117: a crash anywhere on the way back', () => {
  it('loses no step: the log knows what was done, and each is undone once, in reverse', async () => {
    const lost = everyAttempt(reserve, 'tool/timeout-after-effect')
    const calm = await trial(...lost)
    const abortedAt = calm.visited?.findIndex(({ label }) => label.includes('saga-abort')) ?? -1
    expect(abortedAt).toBeGreaterThan(0)
    let crashes = 0
    for (const { label, alternatives } of (calm.visited ?? []).slice(abortedAt)) {
      for (const crash of alternatives.filter((one) => one.startsWith('process/crash'))) {
        const end = await trial(...lost, [label, crash])
        crashes++
        expect({ label, crash, ends: end.ends, remains: end.remains }).toEqual({
          label,
          crash,
          ends: compensated,
          remains: [],
        })
        expect(of(end.events, 'effect-compensated').map(({ operation }) => operation)).toEqual(['release', 'refund'])
      }
    }
    expect(crashes).toBeGreaterThan(10)
  })
})

describe('seed-118, seed-122: what cannot be made good', () => {
  it('arguments that are wrong again and again end in the saga: what was done before them is undone', async () => {
    const kinds = ['missing-key', 'extra-key', 'truncated', 'not-json']
    const wrong = kinds.flatMap((kind, index): Pair[] => {
      const site = `model/t${index + 2}/a1`
      return [
        [site, 'model/malformed-args'],
        [`${site}@kind`, kind],
      ]
    })
    const end = await trial(...wrong)
    expect(of(end.events, 'saga-abort').map(({ cause }) => cause)).toEqual(['max-corrections'])
    expect(end).toMatchObject({
      ends: compensated,
      applied: ['charge'],
      remains: [],
      runEnd: [{ status: 'failed', reason: 'max-corrections', residue: [] }],
    })
  })

  it('a notice that may have been sent cannot be taken back: it is all that remains, and is named', async () => {
    const end = await trial(...everyAttempt('notices.send#t3.c0', 'tool/timeout-after-effect'))
    expect(end).toMatchObject({
      ends: [{ status: 'needs-intervention', residue: ['t3.c0'] }],
      applied: ['charge', 'reserve', 'send'],
      remains: ['t3.c0'],
    })
    expect(end.compensations.map(([tool]) => tool)).toEqual(['reserve', 'charge'])
  })
})

describe('seed-115, seed-116, seed-119, seed-121, seed-122: in all weathers', () => {
  it('a charge whose effect lands after everything is over is refused: nothing of an undone order stays', async () => {
    const late: Pair[] = attempts.map((attempt) => [`${charge}/a${attempt}@time`, 'after-run'])
    const end = await trial(...late)
    expect(end.ends).toEqual(compensated)
    expect({ applied: end.applied, remains: end.remains }).toEqual({ applied: [], remains: [] })
  })

  it.each(['stormy', 'hostile'] as const)(
    'keeps every promise under every single fault and in 300 storms, %s',
    (faults) => keepsAll(order, { trials: 300, faults }),
  )
})
