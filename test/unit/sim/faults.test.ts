import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import checkout from '../../../scenarios/checkout.scenario.js'
import codeReview from '../../../scenarios/code-review.scenario.js'
import refundApproval from '../../../scenarios/refund-approval.scenario.js'
import research from '../../../scenarios/research.scenario.js'
import travel from '../../../scenarios/travel.scenario.js'
import { defineAgent } from '../../../src/agent/agent.js'
import { defineTool } from '../../../src/agent/tool.js'
import type { Clients } from '../../../src/core/backend.js'
import { singles } from '../../../src/explore/exhaustive.js'
import type { Job } from '../../../src/explore/hands.js'
import { presetOf } from '../../../src/explore/preset.js'
import { openSource, stormJob } from '../../../src/explore/source-spec.js'
import { simplest } from '../../../src/kernel/source.js'
import { defineScenario, type Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { defineBackend } from '../../../src/sim/define-backend.js'
import { answerFaults } from '../../../src/sim/fault/model.js'
import { faults } from '../../../src/sim/fault/registry.js'
import { subagentFaults } from '../../../src/sim/fault/subagent.js'

/** Nobody listens to an answer while it comes, no history of ours is malformed, nobody has a memory or a cache that outlives a session, draws conclusions, or has rivals. */
const elsewhere = new Set(answerFaults.filter((fault) => fault.streamed).map(({ name }) => name))
const beyond = ['context/memory-poison', 'context/episodic-poison', 'subagent/shared-memory']
const rare = ['model/strict-provider', ...beyond, 'isolation/shared-cache', 'isolation/shared-resource']
for (const name of rare) elsewhere.add(name)
/** What no agent can bear happens only where a scenario allows it. */
const borne = faults.filter(({ tolerated }) => tolerated).map(({ name }) => name)
/** Strikes one of two requests under way at one service at once: a matter of luck where an agent sends them one by one. */
const crossing = ['transport/reorder', 'transport/id-collide']
/** Strikes where somebody names a date: seldom, where no line of a log does. */
const dated = ['clock/skew']
/** Strikes a process that dies with a write under way beside another. */
const raced = ['store/lost-unflushed']
/** Strikes two writes that pass each other: those of two logs, which a team has. */
const passing = ['store/reorder']
const lucky = [...crossing, ...dated, ...raced, ...passing]
/** Strikes where a process died with a call under way, which a child of a team seldom has: one storm in thousands. */
const late = ['tool/version-change']
/** Where nobody approves, what a tool asks is answered all the same: seldom, as one thing must befall it after the other. */
const answering = borne.filter((name) => name.startsWith('approval/'))
const told = borne.filter((name) => !elsewhere.has(name) && !lucky.includes(name))
/** Guards, summarisers, sinks and windows fail where an agent has them; their log lines alone show a time of day. */
const parts = [
  ...['approval/guard-fail', 'clock/jump', 'observability/sink-slow', 'observability/sink-throw'],
  ...['context/summary-fail', 'context/trim', 'context/contaminate'],
]
/** Only a team has members that can be struck, and only who holds a secret lets one slip. Here no team remembers anything. */
const team = subagentFaults.map(({ name }) => name).filter((name) => name !== 'subagent/shared-memory')
const leaks = ['observability/secret-canary']
const without = (names: readonly string[], gone: readonly string[]): string[] =>
  names.filter((name) => !gone.includes(name))
/** Where nobody approves, nobody can fail to; where all is read before anything is written, or never changes, nothing read is old. */
const unapproved = without(
  told.filter((name) => !name.startsWith('approval/')),
  [...parts, ...team, ...leaks, 'tool/stale-data'],
)
/** An old copy of a log is read only where an acknowledgement was lost: few storms come to it. */
const storms = 4_000
const fewest = 200

const shelves = defineBackend({
  name: 'library',
  state: () => ({}),
  operations: ({ read, write }) => ({
    find: read({ input: z.object({ title: z.string() }), answer: (_state, { title }) => ({ shelf: title.length }) }),
    lend: write({
      input: z.object({ titles: z.array(z.string()) }),
      keyed: true,
      apply: (_state, { titles }) => ({ lent: titles.length }),
    }),
  }),
})

const librarian = ({ library }: Clients<{ library: typeof shelves }>) =>
  defineAgent({
    name: 'librarian',
    instructions: 'Find, then lend.',
    tools: [
      defineTool({
        name: 'find',
        description: 'Find a book',
        effect: 'read',
        input: z.object({ title: z.string() }),
        output: z.object({ shelf: z.int() }),
        execute: (input, { signal }) => library.find(input, { signal }),
      }),
      defineTool({
        name: 'lend',
        description: 'Lend books',
        effect: 'write',
        input: z.object({ titles: z.array(z.string()) }),
        output: z.object({ lent: z.int() }),
        execute: (input, { key, signal }) => library.lend(input, { idempotencyKey: key, signal }),
      }),
    ],
  })

const lending = defineScenario({
  name: 'lending',
  backends: { library: shelves },
  agent: librarian,
  prompt: 'Lend me two books.',
  model: ({ call, say }) => [
    [call('find', { title: 'Emma' }), call('find', { title: 'Dune' })],
    call('lend', { titles: ['Emma', 'Dune'] }),
    say('Enjoy.'),
  ],
})

interface Row {
  planned: number
  injected: number
  landed: number
}

/**
 * What storms of a scenario asked for, did, and what an agent saw of it. What has not landed by then is put where the calm day offers it,
 * then waited for.
 */
async function tableOf(scenario: Scenario, expected: readonly string[]): Promise<ReadonlyMap<string, Row>> {
  const calm = await runTrial(scenario, { source: simplest, calm: true, keepGoing: true, keepSites: true })
  const { intended } = calm.facts
  const rows = new Map<string, Row>()
  const isAwaited = (name: string): boolean => (rows.get(name)?.landed ?? 0) === 0
  const run = async (job: Job): Promise<void> => {
    const source = openSource(scenario.name, job)
    const result = await runTrial(scenario, { source, intended, keepGoing: true })
    for (const [name, count] of Object.entries(result.faults)) {
      const row = rows.get(name) ?? { planned: 0, injected: 0, landed: 0 }
      row.planned += count.planned
      row.injected += count.injected
      row.landed += count.landed
      rows.set(name, row)
    }
  }
  // What comes late in a run is reached where less goes wrong before.
  const storm = (at: number) => stormJob('faults', presetOf(at % 4 < 2 ? 'stormy' : 'hostile'), at)
  for (let at = 1; at <= fewest; at++) await run(storm(at))
  for (const name of expected.filter(isAwaited))
    for (const job of singles(calm.visited ?? []))
      if (isAwaited(name) && job.source.kind === 'replay' && job.source.decisions[0]?.[1] === name) await run(job)
  for (let at = fewest + 1; at <= storms && expected.some(isAwaited); at++) await run(storm(at))
  return rows
}

describe.each([
  [lending, [...without(unapproved, ['shape/outage-and-heal']), ...crossing]],
  // A charge is looked up where its answer was lost.
  [checkout, [...unapproved, 'tool/stale-data']],
  // A booking names one thing: nothing of it can be done in part.
  [travel, without(unapproved, ['tool/partial-effect', 'shape/outage-and-heal'])],
  // It waits for the summariser itself, a service as good as any; what it notes is one thing.
  [research, [...without(unapproved, ['tool/partial-effect', 'shape/outage-and-heal']), ...parts, ...dated, ...raced]],
  // Its members read one file, and each of its writes names one thing.
  [
    codeReview,
    [...without(unapproved, ['tool/partial-effect', 'shape/outage-and-heal', ...late]), ...team, ...passing],
  ],
  // Its approvers approve anyway (in `goodwill` they would not), and each of its writes names one thing.
  [
    refundApproval,
    without(told, [...parts, ...team, ...leaks, 'tool/partial-effect', 'tool/stale-data', 'approval/approve']),
  ],
])('in storms of $name', (scenario, expected) => {
  let table: Awaited<ReturnType<typeof tableOf>>
  beforeAll(async () => {
    table = await tableOf(scenario, expected)
  }, 180_000)

  it('every fault that can be asked for there is planned, injected and lands; no other', () => {
    const asked = [...table.keys()].filter(
      (name) => ![...lucky, ...late, ...answering].includes(name) || expected.includes(name),
    )
    expect(asked.sort()).toEqual([...expected].sort())
    const never = expected.filter((name) => table.get(name)?.landed === 0)
    expect(never).toEqual([])
  })

  it('no fault lands more often than it was injected, nor is injected more often than planned', () => {
    for (const [name, { planned, injected, landed }] of table)
      expect({ name, ordered: landed <= injected && injected <= planned }).toEqual({ name, ordered: true })
  })
})

describe('the registry', () => {
  it('names each fault once, after its family, and says what it does', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
    for (const { name, family, says } of faults) {
      expect(name).toMatch(new RegExp(`^${family}/[a-z]+(-[a-z]+)*$`))
      expect(says).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('every parameter of a fault is a choice with at least two names', () => {
    for (const { name, parameters } of faults)
      for (const values of Object.values(parameters))
        expect({ name, some: new Set(values).size > 1 }).toEqual({ name, some: true })
  })
})
