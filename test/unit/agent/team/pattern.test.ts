/** Workflows of agents: five patterns over steps, each step a durable session. */

import { describe, expect, it } from 'vitest'
import { runSession } from '../../../../src/agent/run-session.js'
import {
  autonomous,
  chain,
  type Join,
  orchestrate,
  parallel,
  route,
  type Step,
} from '../../../../src/agent/team/pattern.js'
import { agentOf, calls, say, World } from '../small-world.js'

/** A step that says what `answer` makes of its task; undefined: it fails. */
function step(answer: (task: string) => string | undefined, seen: string[] = []): Step {
  return async (task, session) => {
    seen.push(session)
    const text = answer(task)
    const failed = { status: 'failed', reason: 'deadline', text: '', residue: ['t1.c0'] } as const
    return text === undefined ? failed : { status: 'completed', reason: 'stop', text, residue: [] }
  }
}
const failing = step(() => undefined)
const saying = (text: string): Step => step(() => text)

describe('seed-164: chain', () => {
  it('hands on what was said, each step in a session of its own', async () => {
    const seen: string[] = []
    const result = await chain(
      step((task) => `${task}b`, seen),
      step((task) => `${task}c`, seen),
    )('a', 'w')
    expect([result.text, seen]).toEqual(['abc', ['w/1', 'w/2']])
  })

  it('ends with the first that does not complete', async () => {
    const seen: string[] = []
    expect(
      await chain(
        failing,
        step((task) => task, seen),
      )('a', 'w'),
    ).toMatchObject({ status: 'failed', reason: 'deadline' })
    expect(seen).toEqual([])
  })
})

describe('seed-164: route', () => {
  it.each([
    ['refund', 'completed', 'R'],
    ['toString', 'failed', 'toString'],
  ])('%s is %s', async (choice, status, text) => {
    expect(await route(saying(` ${choice}\n`), { refund: saying('R'), other: failing })('a', 'w')).toMatchObject({
      status,
      text: status === 'failed' ? expect.stringContaining(text) : text,
    })
  })
})

describe('seed-164, seed-171: parallel', () => {
  const mixed = [saying('one'), failing, saying('three')]

  it.each<[Join, string, number]>([
    ['all', 'failed', 1],
    ['any', 'completed', 1],
    [{ quorum: 2 }, 'completed', 1],
    [{ quorum: 3 }, 'failed', 1],
    ['all', 'completed', 0],
    ['any', 'failed', 3],
    [{ quorum: 0 }, 'failed', 3],
    [{ quorum: Number.NaN }, 'failed', 0],
  ])('with %j it has %s when %i of 3 fail', async (join, status, failures) => {
    const steps = [0, 1, 2].map((at) => (at < failures ? failing : saying(`${at}`)))
    expect(await parallel(steps, join)('a', 'w')).toMatchObject({ status })
  })

  it('puts what came through together, in order, and keeps the residue of what did not', async () => {
    const result = await parallel(
      mixed,
      { quorum: 2 },
      step((text) => `of ${text}`),
    )('a', 'w')
    expect(result).toEqual({ status: 'completed', reason: 'stop', text: 'of ["one","three"]', residue: ['t1.c0'] })
  })

  it('tells of an error when all have ended', async () => {
    let ended = false
    const slow: Step = async (task, session) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      ended = true
      return saying('late')(task, session)
    }
    await expect(parallel([() => Promise.reject(new Error('store')), slow])('a', 'w')).rejects.toThrow('store')
    expect(ended).toBe(true)
  })
})

describe('seed-164: orchestrate', () => {
  it('plans, lets workers work, and makes one of it', async () => {
    const seen: string[] = []
    const worker = step((task) => task.toUpperCase(), seen)
    const result = await orchestrate(
      saying('["x","y"]'),
      worker,
      step((text) => text, seen),
    )('a', 'w')
    expect([result.text, seen]).toEqual(['["X","Y"]', ['w/1', 'w/2', 'w/synthesis']])
  })

  it.each(['no json', '[]', '[1]', '{"a":1}', JSON.stringify(Array.from({ length: 9 }, () => 'x'))])(
    'a plan that is %s fails before any worker starts',
    async (plan) => {
      const seen: string[] = []
      const result = await orchestrate(
        saying(plan),
        step((task) => task, seen),
        failing,
      )('a', 'w')
      expect([result.reason, seen]).toEqual(['no-plan', []])
    },
  )
})

describe('seed-164: autonomous', () => {
  it('goes on until it is enough, and no longer than it may', async () => {
    const grow = step((task) => `${task}x`)
    expect(await autonomous(grow, (text) => text.length > 3, 9)('a', 'w')).toMatchObject({ text: 'axxx' })
    expect(await autonomous(grow, () => false, 2)('a', 'w')).toMatchObject({ status: 'failed', reason: 'max-rounds' })
  })
})

describe('sessions', () => {
  const agent = (world: World) => agentOf([world.tool('charge'), world.tool('ship')])
  const stepIn =
    (world: World, ...turns: Parameters<World['model']>): Step =>
    (prompt, session) =>
      runSession(
        agent(world),
        { session, prompt },
        { clock: world.clock(), random: { below: () => 0 }, store: world.storePort(), model: world.model(...turns) },
      )

  it('seed-213: the same task as a workflow and as one agent has the same effects', async () => {
    const flow = new World()
    const twoSteps = chain(
      stepIn(flow, calls('charge A'), say('charged')),
      stepIn(flow, calls('ship A'), say('shipped')),
    )
    await flow.settle(twoSteps('sell A', 'w'))
    const alone = new World()
    await alone.run(agent(alone), alone.model(calls('charge A'), calls('ship A'), say('shipped')))
    const done = ({ effects }: World) => effects.map(({ name, input }) => [name, input])
    expect(done(flow)).toEqual(done(alone))
    expect(done(flow)).toHaveLength(2)
  })

  it.each(['crash-before', 'crash-after'] as const)(
    'seed-213: a workflow after a %s anywhere goes on where it was, with no effect twice',
    async (how) => {
      for (let at = 1; at <= 24; at++) {
        const world = new World()
        world.fault = { at, how }
        const flow = () =>
          chain(stepIn(world, calls('charge A'), say('charged')), stepIn(world, calls('ship A'), say('shipped')))(
            'sell',
            'w',
          )
        let result = await world.settle(flow())
        if (result === 'dead') result = await world.settle(flow())
        expect({ at, result }).toMatchObject({ at, result: { status: 'completed', text: 'shipped' } })
        expect(world.effects.map(({ name }) => name)).toEqual(['charge', 'ship'])
      }
    },
  )
})
