import { describe, expect, it } from 'vitest'
import { type Agent, defineAgent } from '../../../src/agent/agent.js'
import type { RunResult } from '../../../src/agent/run-session.js'
import type { AnyTool } from '../../../src/agent/tool.js'
import { type Diary, propose, runWith, shopTool } from './shop-tools.js'
import { say, World } from './small-world.js'

const asking = (tools: readonly AnyTool[], more: object = {}): Agent<any> =>
  defineAgent({ name: 'shop', instructions: 'be good', tools, asksUser: true, ...more })

const script = [
  propose(['ask_user', { question: 'Which one?' }], ['charge', { id: 'A' }]),
  propose(['charge', { id: 'B' }]),
  say('done'),
]

/** A run that asks once beside a write. */
function shop() {
  const world = new World()
  const diary: Diary = []
  const agent = asking([shopTool(world, diary, 'charge', { effect: 'write' })])
  const run = (answers?: Record<string, string>): Promise<RunResult | 'dead'> =>
    runWith(world, agent, world.model(...script), answers ? { answers } : {})
  return { world, agent, run }
}

describe('a question to the user', () => {
  it('seed-137: lets the siblings run, ends the promise as waiting, and goes on with the answer', async () => {
    const { world, run } = shop()
    const first = await run()
    expect(first).toEqual({
      status: 'waiting',
      reason: 'waiting',
      text: '',
      residue: [],
      waitsFor: [{ call: 't1.c0', for: 'answer', tool: 'ask_user', args: { question: 'Which one?' } }],
    })
    expect(world.effects).toHaveLength(1)
    expect(world.timers).toBe(0)
    expect(await world.log()).toHaveLength(8)
    expect(await run({ 't1.c0': 'the red one' })).toMatchObject({ status: 'completed', reason: 'stop' })
    expect((await world.logged('batch-commit'))[0]?.results.map(({ content }) => content)).toEqual([
      '"the red one"',
      '"charge A"',
    ])
    expect(world.effects).toHaveLength(2)
  })

  it('seed-4: waits as often as it is run without the answer, and hears no answer to another call or a second one', async () => {
    const { world, run } = shop()
    await run()
    for (const answers of [undefined, { 't9.c9': 'x' }, { 't1.c1': 'x' }])
      expect(await run(answers)).toMatchObject({ status: 'waiting' })
    expect(world.effects).toHaveLength(1)
    await run({ 't1.c0': 'first' })
    expect(await run({ 't1.c0': 'second' })).toMatchObject({ status: 'completed' })
    expect(await world.logged('answer-given')).toMatchObject([{ answer: 'first' }])
  })

  it('seed-91: a pause of 30 days costs the run no time, even when its clock started anew', async () => {
    for (const pause of [30 * 86_400_000, -900]) {
      const { world, run } = shop()
      await run()
      const spent = world.now - 1_000
      world.now += pause
      const back = world.now
      expect(await run({ 't1.c0': 'yes' })).toMatchObject({ status: 'completed' })
      const started = await world.logged('attempt-start')
      expect(started.at(-1)?.deadline).toBeGreaterThan(back)
      expect(spent).toBeLessThan(300_000)
    }
  })

  it('seed-91: time spent before the pause still counts after it', async () => {
    const world = new World()
    const slow = shopTool(world, [], 'charge', { effect: 'write', takes: 6_000 })
    const agent = asking([slow], { limits: { timeMs: 10_000 } })
    await runWith(world, agent, world.model(...script))
    world.now += 86_400_000
    expect(await runWith(world, agent, world.model(...script), { answers: { 't1.c0': 'yes' } })).toMatchObject({
      status: 'timed-out',
      reason: 'deadline',
    })
  })

  it('seed-79: survives a crash at any operation before and after the answer', async () => {
    for (const how of ['crash-before', 'crash-after'] as const) {
      for (let at = 1; at < 24; at++) {
        const { world, run } = shop()
        world.fault = { at, how }
        let result = await run()
        for (let again = 0; again < 3 && (result === 'dead' || result.status === 'waiting'); again++)
          result = await run({ 't1.c0': 'yes' })
        expect({ at, how, result }).toMatchObject({ result: { status: 'completed' } })
        expect(world.effects).toHaveLength(2)
      }
    }
  })

  it('seed-19: a cancelled run waits no longer', async () => {
    const { world, agent, run } = shop()
    await run()
    const result = await runWith(world, agent, world.model(...script), { cancel: AbortSignal.abort() })
    expect(result).toMatchObject({ status: 'cancelled' })
    expect((await world.logged('call-settled')).at(-1)).toMatchObject({
      call: 't1.c0',
      outcome: 'failed',
      error: { class: 'cancelled' },
    })
  })

  it('seed-36: without a question is told what is wrong', async () => {
    const world = new World()
    const model = world.model(propose(['ask_user', {}]), say('done'))
    expect(await runWith(world, asking([]), model)).toMatchObject({ status: 'completed' })
    expect((await world.logged('call-rejected'))[0]?.error).toMatchObject({
      class: 'invalid-args',
      text: expect.stringContaining('question'),
    })
  })
})

describe('a hand-off', () => {
  const handing = (world: World): Agent<any> =>
    defineAgent({
      name: 'desk',
      instructions: 'be good',
      tools: [shopTool(world, [], 'charge', { effect: 'write' })],
      handsOffTo: ['billing', 'repairs'],
    })
  const over = (to: string): [string, unknown] => ['hand_off', { to, task: 'refund A-7' }]

  it('seed-2: ends the run and names who goes on with what; siblings run first', async () => {
    const world = new World()
    const answer = { ...propose(over('billing'), ['charge', { id: 'A' }]), text: 'I pass you on.' }
    const result = await runWith(world, handing(world), world.model(answer, say('never said')))
    expect(result).toEqual({
      status: 'completed',
      reason: 'hand-off',
      text: 'I pass you on.',
      residue: [],
      handOff: { to: 'billing', task: 'refund A-7' },
    })
    expect(world.effects).toHaveLength(1)
    expect(world.prompts).toHaveLength(1)
    expect(await runWith(world, handing(world), world.model(answer))).toEqual(result)
  })

  it('seed-2: to somebody unknown, or to two at once, is an error that the model is told', async () => {
    const world = new World()
    const model = world.model(
      propose(over('nobody')),
      propose(over('billing'), over('repairs')),
      propose(over('repairs')),
    )
    expect(await runWith(world, handing(world), model)).toMatchObject({
      reason: 'hand-off',
      handOff: { to: 'repairs' },
    })
    const rejected = (await world.logged('call-rejected')).map(({ call, error }) => [call, error.class])
    expect(rejected).toEqual([
      ['t1.c0', 'invalid-args'],
      ['t2.c0', 'refused'],
      ['t2.c1', 'refused'],
    ])
  })

  it('seed-2: is nothing but an unknown tool for an agent that hands over to nobody', async () => {
    const world = new World()
    const agent = defineAgent({ name: 'desk', instructions: 'be good', tools: [] })
    expect(await runWith(world, agent, world.model(propose(over('billing')), say('done')))).toMatchObject({
      reason: 'stop',
    })
    expect(await world.logged('call-rejected')).toMatchObject([{ error: { class: 'unknown-tool' } }])
  })
})
