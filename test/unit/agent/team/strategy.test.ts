/** Making sure of a write before it happens: each strategy as the `verify` of an agent, and by itself. */

import { describe, expect, it } from 'vitest'
import { defineAgent } from '../../../../src/agent/agent.js'
import type { Reviewed, Verify } from '../../../../src/core/guard.js'
import type { Model, ModelAnswer } from '../../../../src/core/model.js'
import { chainOfVerification, grounded, judge, majority } from '../../../../src/core/verifiers.js'
import { calls, say, World } from '../small-world.js'

const deed: Reviewed = { kind: 'call', prompt: 'pay A', tool: 'charge', input: { id: 'A' } }
const options = { signal: new AbortController().signal }

/** Answers one after the other, and keeps what it was asked. */
function scripted(...answers: (string | ModelAnswer)[]): Model & { asked: string[] } {
  const asked: string[] = []
  return {
    '~model': true,
    asked,
    answer: async ({ messages }) => {
      asked.push(messages.map((message) => ('text' in message ? message.text : '')).join('\n'))
      const answer = answers[asked.length - 1] ?? answers.at(-1)!
      return typeof answer === 'string' ? say(answer) : answer
    },
  }
}

/** How many effects an agent has that is verified like this, and how it ends. */
async function verified(verify: Verify) {
  const world = new World()
  const agent = defineAgent({
    name: 'shop',
    instructions: 'be good',
    tools: [world.tool('charge')],
    guards: { verify },
  })
  const result = await world.run(agent, world.model(calls('charge A'), say('done')))
  return [world.effects.length, (result as { status: string }).status]
}
const callsOnly =
  (opinion: Exclude<Verify, Model>): Verify =>
  (action, rest) =>
    action.kind === 'answer' || opinion(action, rest)

describe('seed-165: a second model', () => {
  it.each([
    ['that approves lets the write happen', judge(scripted('9'), 'serves the task'), 1],
    ['that vetoes prevents it', judge(scripted('3'), 'serves the task'), 0],
    ['that crashes prevents it', () => Promise.reject(new Error('down')), 0],
    ['that talks prevents it', judge(scripted('looks good!'), 'serves the task'), 0],
    ['that is cut off prevents it', judge(scripted({ ...say('9'), stop: 'length' }), 'serves the task'), 0],
  ])('%s', async (_name, opinion, effects) => {
    expect(await verified(callsOnly(opinion))).toEqual([effects, 'completed'])
  })
})

describe('seed-166: strategies', () => {
  it('chain-of-verification answers its own questions apart from the deed, and then decides', async () => {
    const model = scripted('Who is paid?\nHow much?', 'A', 'all', 'PASS')
    expect(await chainOfVerification(model)(deed, options)).toBe(true)
    expect(model.asked).toHaveLength(4)
    expect(model.asked[1]).not.toContain('charge')
    expect(model.asked[3]).toContain('Who is paid?')
    expect(await verified(callsOnly(chainOfVerification(scripted('Why?', 'no', 'BLOCK'))))).toEqual([0, 'completed'])
    expect(await verified(callsOnly(chainOfVerification(scripted('Why?', 'no', 'perhaps'))))).toEqual([0, 'completed'])
  })

  it.each([
    [[true, true, false], true],
    [[true, false], false],
    [[true, true, 'throws', 'throws'], false],
    [[true, true, true, 'throws'], true],
    [[false], false],
  ])('a majority of %j is %s, ties included, whatever the order', async (votes, expected) => {
    const voters = (votes as (boolean | string)[]).map((vote) => () => {
      if (vote === 'throws') throw new Error('down')
      return vote as boolean
    })
    const [first, ...rest] = voters
    expect(await majority(first!, ...rest)(deed, options)).toBe(expected)
    const [last, ...others] = voters.toReversed()
    expect(await majority(last!, ...others)(deed, options)).toBe(expected)
  })

  it.each([
    [0, false],
    [6, false],
    [7, true],
    [10, true],
  ])('a judge who gives %i of 10 says %s', async (score, expected) => {
    expect(await judge(scripted(String(score)), 'good')(deed, options)).toBe(expected)
  })

  const answer = (text: string): Reviewed => ({ kind: 'answer', prompt: 'tell', text })
  const read = grounded((source) => source === 'emma')
  it.each([
    ['It is so [source: emma].', true],
    ['It is so [source: emma] [source: kim].', false],
    ['It is so.', false],
    ['It is so [source: ].', false],
  ])('grounding takes %j: %s', (text, expected) => {
    expect(read(answer(text), options)).toBe(expected)
  })

  it('grounding lets a write cite nothing, and nothing that was not read', () => {
    expect(read(deed, options)).toBe(true)
    expect(read({ ...deed, input: { note: 'see [source: kim]' } }, options)).toBe(false)
  })
})
