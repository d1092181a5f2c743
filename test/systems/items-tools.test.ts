/** Tools as documents show them, shipped as fixtures, and every fault at every one of them. */

import { describe, expect, it } from 'vitest'
import { installShims } from '../../src/box/install.js'
import type { AnyEvent, EventOf, EventType } from '../../src/core/event.js'
import type { Pair } from '../../src/explore/hands.js'
import { presetOf } from '../../src/explore/preset.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import type { Source } from '../../src/kernel/source.js'
import type { Scenario } from '../../src/scenario/define-scenario.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { faults } from '../../src/sim/fault/registry.js'
import { serviceFaults } from '../../src/sim/fault/tool.js'
import { transportFaults } from '../../src/sim/fault/transport.js'
import { keepsAll } from '../keeps-all.js'

installShims()
const { default: tasks } = await import('../../scenarios/tasks.scenario.js')
const { officeAgent } = await import('../../scenarios/agents/office-agent.js')
const { officeScenario } = await import('../scenarios/office.js')

const trial = (scenario: Scenario, ...decisions: Pair[]) =>
  runTrial(scenario, { source: replaySource(decisions), keepSites: true, keepGoing: true })

const of = <K extends EventType>(events: readonly AnyEvent[], type: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> & AnyEvent => event.type === type) as never

const office = officeScenario('office', ['ann'])

describe('seed-49: fetch_document, update_user_profile and send_email', () => {
  it('have the bounds they are documented with, and need the word of the admin and the manager', () => {
    const { tools } = officeAgent({ office: {} as never })
    const declared = tools.map(({ name, effect, rateLimitPerMinute, timeoutMs, approval }) => [
      name,
      effect,
      rateLimitPerMinute,
      timeoutMs,
      approval?.approvers,
    ])
    expect(declared).toEqual([
      ['fetch_document', 'read', 60, 10_000, undefined],
      ['update_user_profile', 'write', 10, 5_000, ['admin']],
      ['send_email', 'irreversible', 5, 15_000, ['manager']],
    ])
  })

  it('do their work on a calm day, each write after its own approval', async () => {
    const { events, status, goal, violations } = await trial(office)
    expect({ status, goal, violations }).toEqual({ status: 'completed', goal: true, violations: [] })
    expect(of(events, 'approval-decided').map(({ by }) => by)).toEqual(['admin', 'manager'])
    expect(of(events, 'effect-applied').map(({ operation }) => operation)).toEqual(['setDepartment', 'send'])
  })

  it('send no sixth mail within a minute', async () => {
    const six = officeScenario('six', ['ann', 'ben', 'cleo', 'dan', 'eve', 'fay'])
    const { events, violations } = await trial(six)
    expect(violations).toEqual([])
    expect(of(events, 'effect-applied').filter(({ operation }) => operation === 'send')).toHaveLength(5)
    expect(of(events, 'call-rejected').map(({ call, error }) => [call, error.class])).toEqual([
      ['t3.c5', 'rate-limited'],
    ])
  })

  it.each([
    ['update_user_profile', 'office.setDepartment#t2.c0', 5_000],
    ['send_email', 'office.send#t3.c0', 15_000],
  ])('%s waits for its answer as long as it says', async (tool, site, timeoutMs) => {
    const { events } = await trial(office, [`${site}/a1@time`, 'never'])
    const [start] = of(events, 'attempt-start').filter((event) => event.tool === tool)
    const [end] = of(events, 'attempt-end').filter((event) => event.tool === tool)
    expect(end).toMatchObject({ outcome: 'unknown', error: { class: 'timeout' } })
    const waitedMs = (end?.vt ?? 0) - (start?.vt ?? 0)
    expect(waitedMs).toBeGreaterThanOrEqual(timeoutMs)
    expect(waitedMs).toBeLessThan(timeoutMs + 100)
  })

  it('keep every promise under every single fault and in 200 storms', async () => {
    await keepsAll(office, { trials: 200 })
  })
})

describe('seed-125, seed-113: create_task, then assign_task', () => {
  const create = 'board.create#t1.c0'

  it('goes through on a calm day', async () => {
    const { events, goal } = await trial(tasks)
    expect(goal).toBe(true)
    expect(of(events, 'effect-applied').map(({ operation }) => operation)).toEqual(['create', 'assign'])
  })

  it('assigns nothing that was made in part, even where the service answers the second time as if it were whole', async () => {
    const { events, violations } = await trial(tasks, [`${create}/a1`, 'tool/partial-effect'])
    expect(violations).toEqual([])
    expect(of(events, 'request-arrived').filter(({ operation }) => operation === 'assign')).toEqual([])
    expect(of(events, 'effect-compensated').map(({ operation }) => operation)).toEqual(['remove'])
    expect(of(events, 'saga-end')).toMatchObject([{ status: 'compensated', residue: [] }])
  })

  it('keeps every promise under every single fault and in 300 storms', async () => {
    await keepsAll(tasks, { trials: 300 })
  })
})

/** The model refuses when both tools have done their work: all of it is taken back. */
const refusingAtLast = (weather: Source): Source => ({
  ...weather,
  pick: (label, hash, kind, alternatives) => {
    const wanted = { 'model/t3/a1': 'model/finish-reason', 'model/t3/a1@reason': 'refusal' }[label]
    return wanted === undefined ? weather.pick(label, hash, kind, alternatives) : alternatives.indexOf(wanted)
  },
})

describe('seed-214: every tool meets every fault that can be asked for at it', () => {
  /** Compensations are rare: it takes some storms before each of them has met everything. */
  const mostStorms = 5_000
  const operations = ['create', 'assign', 'remove', 'unassign']
  const inTime = faults.filter(({ family, chosenAs }) => family === 'tool' && chosenAs === 'time')
  // The board holds no secret that it could let slip, and nobody else writes on it.
  const elsewhere = new Set(['observability', 'isolation'])
  const ofWrites = serviceFaults.filter(
    ({ on, tolerated, family }) => on !== 'reads' && tolerated && !elsewhere.has(family),
  )
  /** An order is no matter of one request alone: it takes another that happens to be under way. */
  const orders = new Set(['tool/permute', ...transportFaults.filter(({ fits }) => fits).map(({ name }) => name)])
  const operationAt = (site: string): string | undefined => /^board\.(\w+)#[^@]*$/.exec(site)?.[1]

  it('in hostile storms of the task board: what the tape offered there, asked for, and landed at least once', async () => {
    const { intended } = (await runTrial(tasks, { source: replaySource([]), calm: true, keepGoing: true })).facts
    const offered = new Set(operations.flatMap((operation) => inTime.map(({ name }) => `${operation} ${name}`)))
    const landed = new Set<string>()
    const missing = (): readonly string[] => [...offered].filter((name) => !landed.has(name))
    for (let storm = 1; storm <= mostStorms && (storm <= 300 || missing().length > 0); storm++) {
      const weather = openSource('tasks', stormJob('coverage', presetOf('hostile'), storm))
      const source = storm % 2 === 0 ? weather : refusingAtLast(weather)
      const { visited, events, violations } = await runTrial(tasks, {
        source,
        intended,
        keepGoing: true,
        keepSites: true,
      })
      expect(violations).toEqual([])
      for (const { label, kind, alternatives } of visited ?? []) {
        const operation = kind === 'outcome' ? operationAt(label) : undefined
        if (operation !== undefined)
          for (const name of alternatives.slice(1).filter((one) => !orders.has(one)))
            offered.add(`${operation} ${name}`)
      }
      for (const { fault, site } of of(events, 'fault-landed')) {
        const operation = operationAt(site)
        if (operation !== undefined && !orders.has(fault)) landed.add(`${operation} ${fault}`)
      }
    }
    expect(missing()).toEqual([])
    expect([...landed].filter((name) => !offered.has(name))).toEqual([])
    for (const { name } of [...ofWrites, ...inTime].filter((fault) => !orders.has(fault.name)))
      expect(landed).toContain(`create ${name}`)
    for (const operation of operations) expect(landed).toContain(`${operation} process/crash-after-effect`)
  }, 120_000)
})
