import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../src/core/approval.js'
import type { ModelAnswer } from '../../../src/core/model.js'
import { both, letters, name, no, Office, yes } from './approval-office.js'
import { calls, say } from './small-world.js'

describe('notifications', () => {
  it('seed-129, S4-A10: go to everybody once under a key, with the arguments and without their secrets', async () => {
    const office = new Office(
      {
        ...calls('refund A'),
        calls: [{ id: 'p0', tool: 'refund', arguments: '{"id":"order-of-canary","apiKey":"sk-123456"}' }],
      },
      say('done'),
    )
    office.listen()
    const agent = office.agent(letters, { secrets: ['canary'] })
    await office.run(agent)
    await office.run(agent)
    expect(office.notices.map(({ approver, key }) => [approver, key])).toEqual([
      ['lead', `${name}/lead`],
      ['finance', `${name}/finance`],
    ])
    expect(office.notices[0]!.notice).toMatchObject({
      approval: name,
      tool: 'refund',
      args: { id: 'order-of-***', apiKey: '***' },
    })
  })

  it('seed-129, S4-A2: that fail are counted and tried again on their own, and the request stays', async () => {
    const office = new Office()
    office.listen(7)
    const agent = office.agent()
    expect(await office.run(agent)).toMatchObject({ status: 'waiting' })
    expect(await office.world.logged('approval-notified')).toHaveLength(6)
    expect(office.notices).toEqual([])
    await office.run(agent)
    expect(office.notices.map(({ approver }) => approver)).toEqual(['finance', 'lead'])
    expect(await office.world.logged('approval-notified')).toMatchObject([
      { attempt: 1 },
      { attempt: 1 },
      { attempt: 2 },
      { attempt: 2 },
      { attempt: 3 },
      { attempt: 3 },
      { approver: 'lead', attempt: 4, outcome: 'unknown' },
      { approver: 'finance', attempt: 4, outcome: 'ok' },
      { approver: 'lead', attempt: 5, outcome: 'ok' },
    ])
    expect(await office.world.logged('approval-requested')).toHaveLength(1)
    expect(await office.run(agent, both)).toMatchObject({ status: 'completed' })
  })

  it('come after the request is durable, and a port that is looked at lets the run go on by itself', async () => {
    const office = new Office()
    const sent: Decision[] = []
    office.listen(0, sent, 5_000)
    const { approvals, world } = office
    const seen: boolean[] = []
    office.approvals = {
      ...approvals!,
      notify: async (notice) => {
        seen.push(
          (await world.log()).some(
            (event) => event.type === 'approval-requested' && event.approval === notice.approval,
          ),
        )
        if (seen.length === 2) void world.wait(12_000).then(() => sent.push(...both))
      },
    }
    expect(await office.run(office.agent())).toMatchObject({ status: 'completed' })
    expect(seen).toEqual([true, true])
    expect(office.refunds()).toEqual([{ id: 'A' }])
    expect(world.timers).toBe(0)
  })
})

describe('a plan', () => {
  const plan = (steps: readonly string[]): ModelAnswer => {
    const args = { goal: 'refund', steps: steps.map((tool) => ({ tool, why: 'it broke' })) }
    return { ...calls('x'), calls: [{ id: 'p', tool: 'submit_plan', arguments: JSON.stringify(args) }] }
  }

  it('seed-136: that is rejected leads to no effect', async () => {
    const office = new Office(plan(['refund']), calls('refund A', 'look B'), say('done'))
    const agent = office.agent('required', { planApproval: { approvers: ['lead'] } })
    expect(await office.run(agent)).toMatchObject({ waitsFor: [{ tool: 'submit_plan', args: { goal: 'refund' } }] })
    expect(await office.run(agent, [no('lead', 'do not')])).toMatchObject({ status: 'completed' })
    expect(office.world.effects).toEqual([])
    expect(await office.world.logged('approval-requested')).toHaveLength(1)
  })

  it('seed-136, seed-59: that is approved opens its own tools and no others, and the irreversible one still asks', async () => {
    const office = new Office(plan(['refund']), calls('refund A', 'look B'), say('done'))
    const agent = office.agent('required', { planApproval: { approvers: ['lead'] } })
    await office.run(agent)
    expect(await office.run(agent, [yes('lead')])).toMatchObject({ status: 'waiting', waitsFor: [{ tool: 'refund' }] })
    await office.run(agent, [yes('operator', 's1/t2.c0')])
    expect(office.world.effects.map(({ name: effect }) => effect)).toEqual(['refund'])
    expect(office.lastResults()[1]).toContain('no approved plan has a step for look')
  })
})
