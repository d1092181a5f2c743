/** Teams of agents under every single fault and storms. */

import { defineScenario, type Scenario } from 'stormproof'
import { describe, expect, it } from 'vitest'
import { researchAgent } from '../../scenarios/agents/research-agent.js'
import { library } from '../../scenarios/backends/library.js'
import { wrapTools } from '../../src/agent/agent.js'
import { presetOf } from '../../src/explore/preset.js'
import { simulate } from '../../src/explore/simulate.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import { simplest } from '../../src/kernel/source.js'
import { mutate } from '../../src/mutant/registry.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { keepsAll } from '../keeps-all.js'
import { reviewed } from '../mutant/scenarios/reviewed.js'
import chief from './chief.js'

const { default: codeReview } = await import('../../scenarios/code-review.scenario.js')
const { default: newsroom } = await import('../../scenarios/newsroom.scenario.js')
const { default: refundApproval } = await import('../../scenarios/refund-approval.scenario.js')
const { default: research } = await import('../../scenarios/research.scenario.js')

describe('seed-176: the examples that ship', () => {
  const storm = (scenario: Scenario, index: number) =>
    runTrial(scenario, { source: openSource(scenario.name, stormJob('examples', presetOf('hostile'), index)) })

  it.each([
    ['code-review', 'subagent-truth', codeReview],
    ['newsroom', 'trust-boundary', newsroom],
    ['research', 'context-safe', research],
    ['refund-approval', 'approval-gate', refundApproval],
  ] as const)(
    '%s reaches its goal, and keeps %s and all other promises in every single fault and 100 storms',
    async (_name, about, example) => {
      const calm = await runTrial(example, { source: simplest, calm: true, keepGoing: true })
      expect([calm.violations, calm.problems, calm.goal]).toEqual([[], [], true])
      await keepsAll(example, { trials: 100, seed: 7 })
      let arose = 0
      for (let index = 1; index <= 20; index++) {
        const { verdicts } = await storm(example, index)
        arose += verdicts.find(({ invariant }) => invariant === about)?.arose ?? 0
      }
      expect(arose).toBeGreaterThan(20)
    },
  )

  it('research: a source that nobody named is not noted, and would be without the second opinion', async () => {
    const invents = (opinion: boolean) =>
      defineScenario({
        name: 'invents',
        backends: { library },
        agent: (services) => {
          const agent = researchAgent(services)
          return opinion ? agent : { ...agent, guards: undefined as never }
        },
        prompt: 'Note Emma.',
        model: ({ call, say }) => [
          call('note', { book: 'Emma' }),
          call('note', { book: 'Emma II' }),
          say('Noted both.'),
        ],
        onFailure: 'go-on',
      })
    const noted = async (opinion: boolean) => {
      const { events } = await runTrial(invents(opinion), { source: simplest, keepGoing: true })
      return events.flatMap((event) => (event.type === 'effect-applied' ? [event.input] : []))
    }
    expect(await noted(true)).toEqual([{ book: 'Emma' }])
    expect(await noted(false)).toEqual([{ book: 'Emma' }, { book: 'Emma II' }])
  })

  it('support: no money goes back that the lead and finance have not both said yes to before', async () => {
    let refunds = 0
    let withheld = 0
    for (let index = 1; index <= 60; index++) {
      const { events } = await storm(refundApproval, index)
      const yes = new Set<string>()
      const before = refunds
      for (const event of events) {
        // What a tool asks the user first is no approval.
        if (event.type === 'approval-decided' && event.decision === 'approve' && event.by !== 'user') yes.add(event.by)
        if (event.type !== 'effect-applied' || event.operation !== 'refund') continue
        refunds++
        expect([...yes].sort()).toEqual(['finance', 'lead'])
      }
      if (refunds === before) withheld++
    }
    expect(refunds).toBeGreaterThan(5)
    expect(withheld).toBeGreaterThan(5)
  })
})

describe('an orchestrator with two reviewing subagents', () => {
  it('seed-164, seed-168: on a calm day each comments once, and the parent sees their answers alone', async () => {
    const calm = await runTrial(codeReview, { source: simplest, calm: true, keepGoing: true })
    const { status, goal, events, violations, problems } = calm
    expect([violations, problems, status, goal]).toEqual([[], [], 'completed', true])
    const ends = events.filter((event) => event.type === 'subagent-end')
    expect(ends.map((event) => [event.session, event.status])).toEqual([
      ['session/t1.c0', 'completed'],
      ['session/t1.c1', 'completed'],
    ])
    const prompts = JSON.stringify(events.filter((event) => event.type === 'prompt-received'))
    expect(prompts).toContain('security: one comment')
    expect(prompts).not.toContain('seen with an eye')
    const comments = events.filter((event) => event.type === 'effect-applied' && event.operation === 'comment')
    expect(comments.map((event) => (event as { call?: string }).call)).toEqual(['t1.c0/t2.c0', 't1.c1/t2.c0'])
  })

  it('seed-171, seed-174: puts the promise to the test: children fail, are cut short, and are resumed', async () => {
    let arose = 0
    let cut = 0
    let resumed = 0
    for (let index = 1; index <= 60; index++) {
      const job = stormJob('team', presetOf('hostile'), index)
      const { events, verdicts, violations } = await runTrial(codeReview, { source: openSource('code-review', job) })
      expect(violations).toEqual([])
      arose += verdicts.find(({ invariant }) => invariant === 'subagent-truth')?.arose ?? 0
      const began = events.filter((event) => event.type === 'subagent-start')
      const ended = events.filter((event) => event.type === 'subagent-end')
      cut += ended.filter(({ status }) => status !== 'completed').length
      resumed += ended.filter(({ call, incarnation }) =>
        began.some((start) => start.call === call && start.incarnation < incarnation),
      ).length
    }
    expect(arose).toBeGreaterThan(20)
    expect(cut).toBeGreaterThan(5)
    expect(resumed).toBeGreaterThan(5)
  })

  it('seed-173: a subagent that has subagents of its own keeps every promise, too', async () => {
    const calm = await runTrial(chief, { source: simplest, calm: true, keepGoing: true })
    expect([calm.violations, calm.problems, calm.goal]).toEqual([[], [], true])
    await keepsAll(chief, { trials: 300, seed: 7 })
  })

  it.each(['key-per-attempt', 'save-at-end'])(
    'seed-168: a subagent on the mutant %s is found out, although its parent is sound',
    async (mutant) => {
      const ill = reviewed(`ill-${mutant}`, (agent) =>
        wrapTools(agent, (tool) => {
          const { subagent } = tool
          return subagent ? { ...tool, subagent: { ...subagent, agent: mutate(mutant, subagent.agent) } } : tool
        }),
      )
      const { findings } = await simulate(ill, { trials: 300, seed: 7, time: '15s' })
      expect(findings.length).toBeGreaterThan(0)
    },
  )
})
