/** A subagent that is given several tasks at once: its runs go on side by side, and each is told as it was. */

import { describe, expect, it } from 'vitest'
import { reviewAgent } from '../../../scenarios/agents/review-agent.js'
import { repository } from '../../../scenarios/backends/repository.js'
import codeReview, { play } from '../../../scenarios/code-review.scenario.js'
import travel from '../../../scenarios/travel.scenario.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario, type Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { policy } from '../../../src/sim/script.js'

const name = 'subagent/same-instance'
const site = 'model/t1/a1'

async function trial(scenario: Scenario, ...decisions: readonly Pair[]) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true })).facts
  const result = await runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
  const of = <T extends EventType>(type: T) => result.events.filter((event) => event.type === type) as EventOf<T>[]
  return { ...result, of }
}

/** Each reviewer ends with the task that it was given. */
const telling = defineScenario({
  name: 'telling',
  backends: { repository },
  agent: reviewAgent,
  prompt: 'Review the change to key.ts.',
  model: policy((seen, words, draw) => {
    const { messages, turn } = seen
    const isReviewer = /for (security|style)\./.test(messages[0]?.text ?? '')
    if (!isReviewer || turn <= 2) return play(seen, words, draw)
    return words.say(`done: ${messages.find(({ role }) => role === 'user')?.text}`)
  }),
})

describe('one subagent with several tasks at once', () => {
  it.each(['2', '3', '8'])('has %s runs beside each other, each told as its own', async (n) => {
    const { of, faults, violations, status } = await trial(telling, [site, name], [`${site}@n`, n])
    expect({ violations, status }).toEqual({ violations: [], status: 'completed' })
    expect(faults).toEqual({ [name]: { planned: 1, injected: 1, landed: 1 } })
    const started = of('subagent-start').filter(({ tool }) => tool === 'security')
    expect(started).toHaveLength(Number(n))
    const firstEnd = of('subagent-end')[0]?.seq ?? 0
    expect(started.filter(({ seq }) => seq < firstEnd).length).toBeGreaterThan(1)
    const told = of('call-settled').filter(({ call, tool }) => tool === 'security' && /^t1\.c\d+$/.test(call))
    const answers = told.map(({ value }) => (value as { answer: string }).answer)
    expect(new Set(answers).size).toBe(Number(n))
    for (const { task } of started) expect(answers.some((answer) => answer.includes(task))).toBe(true)
  })

  it('is a model that strays: what the author meant is not judged', async () => {
    const { goal, of } = await trial(codeReview, [site, name])
    expect(goal).toBeUndefined()
    expect(of('model-strayed')).toMatchObject([{ turn: 1, fault: name }])
  })

  it('survives a crash in the middle', async () => {
    const dies: Pair = ['t1.c0/repository.comment#t2.c0/a1', 'process/crash-after-effect']
    const { violations, status, of } = await trial(telling, [site, name], dies)
    expect({ violations, status }).toEqual({ violations: [], status: 'completed' })
    expect(of('crash').length).toBeLessThanOrEqual(1)
  })
})

it('is offered only where the model calls a subagent', async () => {
  const sites = async (scenario: Scenario) => {
    const { visited } = await runTrial(scenario, { source: replaySource([]), keepSites: true })
    return visited?.filter(({ alternatives }) => alternatives.includes(name)).map(({ label }) => label)
  }
  expect(await sites(codeReview)).toEqual([site])
  expect(await sites(travel)).toEqual([])
})
