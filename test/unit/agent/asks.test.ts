/** Tools that ask the user something before they start: the call waits, over restarts, and is handed the answers. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Agent, defineAgent } from '../../../src/agent/agent.js'
import { defineTool } from '../../../src/agent/tool.js'
import type { Approval } from '../../../src/core/approval.js'
import type { Json } from '../../../src/core/json.js'
import { name, no, Office, resultOf, yes } from './approval-office.js'

type Asks = (input: { id: string }, answers: readonly Json[]) => Json | undefined

/** Asks as many questions as there are words, one after the other. */
const inTurn =
  (...questions: readonly Json[]): Asks =>
  (_input, answers) =>
    questions[answers.length]

function asking(office: Office, asks: Asks, approval?: Approval): { agent: Agent<any>; handed: unknown[] } {
  const handed: unknown[] = []
  const refund = defineTool({
    name: 'refund',
    description: 'refund',
    effect: 'irreversible',
    asks,
    ...(approval && { approval }),
    input: z.object({ id: z.string() }),
    output: z.object({ done: z.string() }),
    execute: ({ id }, { key, answers }) => {
      handed.push(answers)
      return office.world.operate(
        100,
        () => office.world.apply('refund', { id }, key, () => ({ done: id })) as { done: string },
        () => new Error('connection lost'),
      )
    },
  })
  return { agent: defineAgent({ name: 'shop', instructions: 'be good', tools: [refund] }), handed }
}

describe('a tool that asks', () => {
  it('waits for each answer, and is handed all of them in their order', async () => {
    const office = new Office()
    const { agent, handed } = asking(office, inTurn('How much?', { form: ['why'] }))
    expect(resultOf(await office.run(agent)).waitsFor).toMatchObject([{ approval: name, question: 'How much?' }])
    const next = resultOf(await office.run(agent, [yes('user', name, { value: 'all of it' })]))
    expect(next.waitsFor).toMatchObject([{ approval: `${name}~`, question: { form: ['why'] } }])
    expect(office.refunds()).toEqual([])
    const last = await office.run(agent, [yes('user', `${name}~`, { value: { why: 'it broke' } })])
    expect(last).toMatchObject({ status: 'completed' })
    expect(handed).toEqual([['all of it', { why: 'it broke' }]])
    expect(await office.world.logged('approval-decided')).toMatchObject([
      { value: 'all of it' },
      { value: { why: 'it broke' } },
    ])
  })

  it('asks first, and has the call approved after that', async () => {
    const office = new Office()
    const { agent, handed } = asking(office, inTurn('How much?'), { approvers: ['lead'] })
    await office.run(agent)
    const next = resultOf(await office.run(agent, [yes('user', name, { value: 12 })]))
    expect(next.waitsFor).toMatchObject([{ for: 'approval', approval: `${name}~` }])
    expect(next.waitsFor?.[0]).not.toHaveProperty('question')
    expect(await office.run(agent, [yes('user', `${name}~`)])).toMatchObject({ status: 'waiting' })
    expect(await office.run(agent, [yes('lead', `${name}~`)])).toMatchObject({ status: 'completed' })
    expect(handed).toEqual([[12]])
  })

  it.each([
    ['the user does not want to answer', [no('user', 'not now')], /denied by user: not now/],
    ['somebody else answers', [yes('lead', name, { value: 'me' })], undefined],
  ])('does nothing where %s', async (_what, decisions, told) => {
    const office = new Office()
    const { agent } = asking(office, inTurn('How much?'))
    await office.run(agent)
    const result = await office.run(agent, decisions)
    expect(result).toMatchObject({ status: told ? 'completed' : 'waiting' })
    expect(office.refunds()).toEqual([])
    if (told) expect(office.lastResults()[0]).toMatch(told)
  })

  it('takes a word without an answer, or one that is no JSON, for the answer null', async () => {
    const office = new Office()
    const { agent, handed } = asking(office, inTurn('How much?', 'Sure?'))
    await office.run(agent)
    await office.run(agent, [yes('user')])
    const odd = new Map() as never
    expect(await office.run(agent, [yes('user', `${name}~`, { value: odd })])).toMatchObject({ status: 'completed' })
    expect(handed).toEqual([[null, null]])
  })

  it('is refused, and nobody asked, where it fails on what it has to ask; asks nothing where there is nothing', async () => {
    const failing = new Office()
    const broken = asking(failing, () => {
      throw new Error('oh')
    })
    expect(await failing.run(broken.agent)).toMatchObject({ status: 'completed' })
    expect(failing.lastResults()[0]).toMatch(/failed on what it has to ask/)
    const silent = new Office()
    const { agent, handed } = asking(silent, () => undefined)
    expect(await silent.run(agent)).toMatchObject({ status: 'completed' })
    expect(handed).toEqual([undefined])
    expect(await silent.world.logged('approval-requested')).toEqual([])
  })

  it('tells the user the question, without secrets', async () => {
    const office = new Office()
    const { agent } = asking(office, inTurn('Use s3cr3t-token?'))
    office.listen()
    await office.run({ ...agent, secrets: ['s3cr3t-token'] })
    expect(office.notices).toMatchObject([{ approver: 'user', notice: { approval: name, args: { id: 'A' } } }])
    expect(office.notices[0]?.notice.question).not.toMatch(/s3cr3t/)
  })

  it('does not exist where `asks` is no function', () => {
    expect(() => asking(new Office(), 'why' as never)).toThrow(/asks of tool refund must be a function/)
  })
})
