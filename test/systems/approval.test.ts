/** Approvals in a world: what the people of a scenario do, alone and under every single fault, crash and storm. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { installShims } from '../../src/box/install.js'
import type { AnyEvent, EventOf, EventType } from '../../src/core/event.js'
import type { Pair } from '../../src/explore/hands.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { defineScenario, type Scenario } from '../../src/scenario/define-scenario.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { policy } from '../../src/sim/script.js'
import { keepsAll } from '../keeps-all.js'
import { permits, type Signers } from '../mutant/scenarios/permits.js'

installShims()
const { default: refund } = await import('../../scenarios/refund-approval.scenario.js')
const { default: goodwill } = await import('../../scenarios/goodwill.scenario.js')
const { defineAgent, defineTool } = await import('../../src/runtime.js')

const lead = 'approval.decide#t1.c0/lead'
const permit = (signers: Partial<Signers> = {}): Scenario =>
  permits({ name: 'permit', approvers: ['lead'], ...signers }, (agent) => agent)

const trial = (scenario: Scenario, ...decisions: Pair[]) =>
  runTrial(scenario, { source: replaySource(decisions), keepSites: true, keepGoing: true })

const of = <K extends EventType>(events: readonly AnyEvent[], type: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> & AnyEvent => event.type === type) as never

describe('the people of a scenario', () => {
  it('seed-126: approve, deny or never decide, as they are declared', async () => {
    const ends = await Promise.all(
      (['approve', 'deny', 'ignore'] as const).map(async (decides) => {
        const { events, status, violations } = await trial(permit({ name: decides, decides }))
        expect(violations).toEqual([])
        return [status, of(events, 'effect-applied').length, of(events, 'approval-expired').length]
      }),
    )
    expect(ends).toEqual([
      ['completed', 1, 0],
      ['completed', 0, 0],
      ['completed', 0, 1],
    ])
  })

  it.each([
    ['approval/duplicate', [], 1, []],
    ['approval/early', [], 1, []],
    ['approval/contradict', [[`${lead}@gap`, '60000']], 1, []],
    ['approval/wrong-approver', [], 1, ['stranger was not asked']],
    ['approval/wrong-approver', [[`${lead}@who`, 'requester']], 1, ['who asks cannot decide']],
    ['approval/wrong-approver', [[`${lead}@who`, 'nobody']], 1, ['nobody knows who decided']],
    ['approval/forge', [], 1, ['nothing of that name was asked for']],
    ['approval/forge', [[`${lead}@kind`, 'altered']], 1, ['it is about other arguments']],
    ['approval/deny', [], 0, []],
    ['approval/ignore', [], 0, []],
  ] as const)('%s %j is met with its fault', async (fault, details, effects, refusals) => {
    const { events, violations, faults } = await trial(
      permit({ decides: 'any' }),
      [lead, fault],
      ...(details as never as Pair[]),
    )
    expect(violations).toEqual([])
    expect(faults[fault]).toMatchObject({ planned: 1, injected: 1 })
    expect(of(events, 'effect-applied')).toHaveLength(effects)
    expect(of(events, 'approval-refused').map(({ because }) => because)).toEqual(refusals)
  })

  it('approval/approve: who denies by declaration may approve, and then it is done', async () => {
    const asked = 'approval.decide#t1.c0/lead'
    const { events, violations, faults } = await trial(goodwill, [asked, 'approval/approve'])
    expect(violations).toEqual([])
    expect(faults['approval/approve']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(of(events, 'effect-applied').map(({ operation }) => operation)).toEqual(['refund', 'open'])
    const calm = await trial(goodwill)
    expect([calm.goal, of(calm.events, 'effect-applied').map(({ operation }) => operation)]).toEqual([true, ['open']])
  })

  it('seed-129: who cannot be told is told again, and the request is not lost', async () => {
    for (const kind of ['error', 'hang']) {
      const site = 'approval.notify#t1.c0/lead/try-1'
      const { events, violations, faults } = await trial(
        permit(),
        [site, 'approval/notifier-fail'],
        [`${site}@kind`, kind],
      )
      expect(violations).toEqual([])
      expect(faults['approval/notifier-fail']).toMatchObject({ injected: 1 })
      expect(of(events, 'approval-notified').map(({ outcome }) => outcome)).toEqual(['unknown', 'ok'])
      expect(of(events, 'effect-applied')).toHaveLength(1)
    }
  })

  it('seed-137: the user answers what the model asks, whether its process died meanwhile or not', async () => {
    const write = defineTool({
      name: 'look',
      description: 'look',
      effect: 'read',
      input: z.object({}),
      output: z.object({}),
      execute: async () => ({}),
    })
    const asking = defineScenario({
      name: 'asking',
      agent: () => defineAgent({ name: 'clerk', instructions: 'ask', tools: [write], asksUser: true }),
      prompt: 'Do it.',
      user: { answers: (question) => `${question} The red one.`, afterMs: 400_000 },
      // A script proposes the agent's own tools; a policy may propose what is built in.
      model: policy(({ turn }, { call, say }) =>
        turn === 1 ? [call('ask_user', { question: 'Which?' })] : say('Done.'),
      ),
    })
    const calm = await trial(asking)
    const answer = ['run', 'Which? The red one.']
    expect([calm.status, of(calm.events, 'call-settled').map(({ value }) => value)]).toEqual(['completed', [answer[1]]])
    for (const { label, alternatives } of calm.visited ?? []) {
      for (const crash of alternatives.filter((one) => one.startsWith('process/crash'))) {
        const { status, events, violations } = await trial(asking, [label, crash])
        expect([label, status, violations]).toEqual([label, 'completed', []])
        expect(of(events, 'answer-given')).toHaveLength(1)
      }
    }
  })
})

describe('seed-138: a crash while an approval is pending, at every moment of its life', () => {
  const edges = ['nominal', 'before-deadline', 'at-deadline', 'after-deadline', 'never'] as const

  it.each(['exits', 'stays'])(
    'a process that %s finds the request and its decisions, and its end, after a restart',
    async (process) => {
      const stay: Pair[] = process === 'stays' ? [['approval.process', 'stays']] : []
      const scenario = permit()
      let crashes = 0
      for (const edge of edges) {
        const when: Pair[] = edge === 'nominal' ? stay : [...stay, [`${lead}@time`, edge]]
        const calm = await trial(scenario, ...when)
        const sites = (calm.visited ?? []).filter(({ kind }) => kind === 'outcome')
        for (const { label, alternatives } of sites) {
          for (const crash of alternatives.filter((one) => one.startsWith('process/crash'))) {
            const { status, events, violations } = await trial(scenario, ...when, [label, crash])
            crashes++
            expect([edge, label, crash, status, violations]).toEqual([edge, label, crash, 'completed', []])
            const decided = of(events, 'approval-decided').length
            expect(of(events, 'effect-applied')).toHaveLength(decided)
            expect(decided).toBe(edge === 'nominal' ? 1 : 0)
            expect(of(events, 'approval-expired')).toHaveLength(1 - decided)
            expect(of(events, 'approval-requested')).toHaveLength(1)
          }
        }
      }
      expect(crashes).toBeGreaterThan(100)
    },
  )
})

describe('a refund that two people must approve', () => {
  it('seed-126, seed-130, seed-131, seed-134: goes right under every single fault and in 2,000 storms', async () => {
    await keepsAll(refund, { trials: 2_000 })
  })

  it('seed-128, seed-138: goes right in hostile weather, with short approvals and many of them', async () => {
    const short = permit({ name: 'short', decides: 'any', ids: ['P-1', 'P-2'], expiresMs: 1_300 })
    const many = permit({
      name: 'many',
      decides: 'any',
      ids: ['P-1', 'P-2', 'P-3'],
      approvers: ['lead', 'chief'],
      expiresMs: 20_000,
    })
    for (const scenario of [short, many]) await keepsAll(scenario, { trials: 300, faults: 'hostile', seed: 3 })
  })
})
