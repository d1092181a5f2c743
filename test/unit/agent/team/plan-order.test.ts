/** Plans with named steps: refused when they cannot be kept, kept in order, and stale once a step failed. */

import { describe, expect, it } from 'vitest'
import { defineAgent } from '../../../../src/agent/agent.js'
import { runSession } from '../../../../src/agent/run-session.js'
import type { ModelAnswer } from '../../../../src/core/model.js'
import { planFlaw } from '../../../../src/core/plan-flaw.js'
import { ToolFailure } from '../../../../src/core/tool.js'
import { calls, say, World } from '../small-world.js'

interface Step {
  tool: string
  id?: string
  after?: string[]
}
const why = 'it must be'
const withWhy = (steps: readonly Step[]) => steps.map((step) => ({ ...step, why }))
const plan = (...steps: Step[]): ModelAnswer => ({
  ...calls('x'),
  calls: [{ id: 'p', tool: 'submit_plan', arguments: JSON.stringify({ goal: 'sell', steps: withWhy(steps) }) }],
})

it.each([
  ['no names at all', [{ tool: 'a' }, { tool: 'a' }], undefined],
  [
    'a fork and a join',
    [
      { tool: 'd', id: 'd', after: ['b', 'c'] },
      { tool: 'b', id: 'b' },
      { tool: 'c', id: 'c' },
    ],
    undefined,
  ],
  [
    'a circle',
    [
      { tool: 'a', id: 'a', after: ['b'] },
      { tool: 'b', id: 'b', after: ['a'] },
    ],
    /wait for each other/,
  ],
  ['itself', [{ tool: 'a', id: 'a', after: ['a'] }], /wait for each other/],
  ['nobody', [{ tool: 'a', id: 'a', after: ['z'] }], /comes after z/],
  [
    'one of two',
    [
      { tool: 'a', id: 'a' },
      { tool: 'b', id: 'a' },
    ],
    /one id/,
  ],
])('seed-175: a plan that depends on %s', (_name, steps, expected) => {
  const flaw = planFlaw(withWhy(steps))
  if (expected) expect(flaw).toMatch(expected)
  else expect(flaw).toBeUndefined()
})

describe('seed-175: an approved plan', () => {
  async function office(answer: (attempt: number) => number | Error, ...turns: ModelAnswer[]) {
    const world = new World()
    const agent = defineAgent({
      name: 'shop',
      instructions: 'be good',
      tools: [world.tool('charge', { answer }), world.tool('ship')],
      planApproval: { approvers: ['lead'] },
    })
    const model = world.model(...turns)
    const run = (...plans: string[]) => {
      const decisions = plans.map((approval) => ({ approval, by: 'lead', decision: 'approve' as const }))
      const ports = { clock: world.clock(), random: { below: () => 0 }, store: world.storePort(), model }
      return world.settle(runSession(agent, { session: 's1', prompt: 'go', decisions }, ports))
    }
    expect(await run()).toMatchObject({ status: 'waiting' })
    let result = await run('s1/t1.c0')
    const again = (result as { waitsFor?: { call: string }[] }).waitsFor?.[0]?.call
    if (again !== undefined) result = await run(`s1/${again}`)
    const results = world.prompts.at(-1)!.messages.flatMap((one) => (one.role === 'tool' ? one.results : []))
    return { result, effects: world.effects.map(({ name }) => name), results: results.map(({ content }) => content) }
  }
  const sell: Step[] = [
    { tool: 'charge', id: 'pay' },
    { tool: 'ship', id: 'send', after: ['pay'] },
  ]

  it('lets each step start after those it depends on, once', async () => {
    const turns = [plan(...sell), calls('ship A'), calls('charge A'), calls('ship A'), calls('ship B'), say('sold')]
    const { effects, results } = await office(() => 100, ...turns)
    expect(effects).toEqual(['charge', 'ship'])
    expect(results[1]).toContain('ship comes after pay, which is not done')
    expect(results.at(-1)).toContain('no further step for ship')
  })

  it('is stale once a step failed, and another one is needed', async () => {
    const refused = () => new ToolFailure('no money', { retry: 'never' })
    const turns = [
      plan(...sell),
      calls('charge A'),
      calls('ship A'),
      plan({ tool: 'ship', id: 'gift' }),
      calls('ship A'),
      say('x'),
    ]
    const { effects, results } = await office(refused, ...turns)
    expect(results[2]).toContain('the plan is stale, since charge failed')
    expect(effects).toEqual(['ship'])
  })

  it('in a circle is refused before anybody is asked', async () => {
    const world = new World()
    const agent = defineAgent({
      name: 'shop',
      instructions: 'be good',
      tools: [world.tool('charge')],
      planApproval: { approvers: ['lead'] },
    })
    const result = await world.run(agent, world.model(plan({ tool: 'charge', id: 'a', after: ['a'] }), say('x')))
    expect(result).toMatchObject({ status: 'completed' })
    expect(await world.logged('approval-requested')).toEqual([])
  })
})
