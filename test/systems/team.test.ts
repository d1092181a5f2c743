/** Teams of agents under every single fault and storms. */

import { defineScenario, policy } from 'stormproof'
import { describe, expect, it } from 'vitest'
import { reviewAgent } from '../../scenarios/agents/review-agent.js'
import { repository } from '../../scenarios/backends/repository.js'
import { play } from '../../scenarios/code-review.scenario.js'
import { defineAgent, wrapTools } from '../../src/agent/agent.js'
import { presetOf } from '../../src/explore/preset.js'
import { simulate } from '../../src/explore/simulate.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import { simplest } from '../../src/kernel/source.js'
import { mutate } from '../../src/mutant/registry.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { reviewed } from '../mutant/scenarios/reviewed.js'

const { default: codeReview } = await import('../../scenarios/code-review.scenario.js')

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

  it('seed-176: keeps every promise in every single fault and storm, each agent by itself and all together', async () => {
    const { findings } = await simulate(codeReview, { trials: 400, seed: 7, time: '30s' })
    expect(findings).toEqual([])
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
    const chief = defineScenario({
      name: 'chief',
      backends: { repository },
      agent: (services) =>
        defineAgent({
          name: 'chief',
          instructions: 'You have changes reviewed.',
          tools: [],
          subagents: { review: { agent: reviewAgent(services), description: 'Has a change reviewed' } },
          budget: { tokens: 40_000, outputTokens: 500 },
        }),
      prompt: 'See to the change.',
      model: policy((request, kit, draw) => {
        if (!request.messages[0]?.text.includes('have changes reviewed')) return play(request, kit, draw)
        return request.turn === 1 ? [kit.call('review', { task: 'Review key.ts' })] : kit.say('Reviewed.')
      }),
      success: ({ ledger }) => ledger.repository.comment.length === 2 && ledger.repository.decide.length === 1,
    })
    const calm = await runTrial(chief, { source: simplest, calm: true, keepGoing: true })
    expect([calm.violations, calm.problems, calm.goal]).toEqual([[], [], true])
    expect((await simulate(chief, { trials: 200, seed: 7, time: '15s' })).findings).toEqual([])
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
