import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Agent, defineAgent } from '../../../src/agent/agent.js'
import { versionOf } from '../../../src/agent/registry.js'
import { type AnyTool, defineTool } from '../../../src/agent/tool.js'
import type { ModelRequest } from '../../../src/core/model.js'
import { type Diary, propose, shopTool } from './shop-tools.js'
import { agentOf, say, World } from './small-world.js'

const offers = (tools: readonly AnyTool[], toolsAt: (turn: number) => readonly string[]): Agent<any> =>
  defineAgent({ name: 'shop', instructions: 'be good', tools, toolsAt })

describe('the tools on offer', () => {
  it('seed-28: are listed in name order, whatever the order of registration', () => {
    const world = new World()
    const tools = ['zoo', 'bank', 'mail'].map((name) => shopTool(world, [], name))
    const orders = [tools, [...tools].reverse()].map((list) => agentOf(list).specs.map(({ name }) => name))
    expect(orders).toEqual([
      ['bank', 'mail', 'zoo'],
      ['bank', 'mail', 'zoo'],
    ])
  })

  it('seed-26: change between turns by an event, and the prompt and the batch use the set of their turn', async () => {
    const world = new World()
    const diary: Diary = []
    const agent = offers([shopTool(world, diary, 'old'), shopTool(world, diary, 'new')], (turn) =>
      turn === 1 ? ['old'] : ['new'],
    )
    const told: string[][] = []
    const tell = (answer: ReturnType<typeof say>) => (request: ModelRequest) => {
      told.push(request.tools.map(({ name }) => name))
      return answer
    }
    const both = propose(['old', { id: 'A' }], ['new', { id: 'B' }])
    await world.run(agent, world.model(tell(both), tell(both), tell(say('done'))))
    expect(told).toEqual([['old'], ['new'], ['new']])
    expect(await world.logged('tools-offered')).toMatchObject([
      { turn: 1, tools: ['old'] },
      { turn: 2, tools: ['new'] },
    ])
    const rejected = (await world.logged('call-rejected')).map(({ call, error }) => [call, error.class, error.text])
    expect(rejected).toEqual([
      ['t1.c1', 'unknown-tool', 'there is no tool "new"; the tools are old'],
      ['t2.c0', 'unknown-tool', 'there is no tool "old"; the tools are new'],
    ])
  })

  it('seed-26: name only tools the agent has', async () => {
    const world = new World()
    const agent = offers([shopTool(world, [], 'old')], () => ['older'])
    await expect(world.run(agent, world.model(say('done')))).rejects.toThrow('toolsAt(1) names older')
  })

  it('seed-25: writes of a turn stay within 4 + 2 per call', async () => {
    for (const width of [1, 2, 5, 20]) {
      const world = new World()
      let appends = 0
      const store = world.storePort()
      world.storePort = () => ({
        ...store,
        append: (...given) => {
          appends++
          return store.append(...given)
        },
      })
      const tools = [shopTool(world, [], 'charge', { effect: 'write', resources: ({ id }) => [id] })]
      const batch = Array.from({ length: width }, (_, n): [string, unknown] => ['charge', { id: `${n}` }])
      await world.run(
        offers(tools, () => ['charge']),
        world.model(propose(...batch), say('done')),
      )
      expect(appends).toBeGreaterThan(width)
      expect(appends).toBeLessThanOrEqual(2 * 4 + 2 * width)
    }
  })
})

const versioned = (
  world: World,
  diary: Diary,
  version: string,
  input: z.ZodType = z.strictObject({ id: z.string() }),
): AnyTool => ({
  ...shopTool(world, diary, 'charge', { effect: 'write', version }),
  input,
})

/** Dies in the attempt-th operation of the first run; the second run has other tools. */
async function overACrash(at: number, before: (world: World) => AnyTool[], after: (world: World) => AnyTool[]) {
  const world = new World()
  const other = shopTool(world, [], 'other')
  const script = [
    propose(['charge', { id: 'A' }], ['other', { id: 'B' }]),
    propose(['charge', { id: 'C' }]),
    say('done'),
  ]
  world.fault = { at, how: 'crash-after' }
  expect(await world.run(agentOf([...before(world), other]), world.model(...script))).toBe('dead')
  const result = await world.run(agentOf([...after(world), other]), world.model(...script))
  const [rejected, settled, opened] = [
    await world.logged('call-rejected'),
    await world.logged('call-settled'),
    await world.logged('batch-open'),
  ]
  return { world, result, rejected, settled, opened }
}

/** open, run-start, model-call-start, the model's answer with the batch: then nothing has begun. */
const batchOpened = 5

describe('a tool that changed over a resume', () => {
  it('seed-27: its pending call is refused, new calls use the new version, and both are logged', async () => {
    const diary: Diary = []
    const { rejected, opened, world } = await overACrash(
      batchOpened,
      (w) => [versioned(w, diary, '1')],
      (w) => [versioned(w, diary, '2')],
    )
    expect(rejected).toMatchObject([{ call: 't1.c0', error: { class: 'unknown-tool' } }])
    expect(rejected[0]?.error.text).toMatch(/was made for version 1\+\w+ of the tool, which is now 2\+\w+/)
    expect(opened.map(({ calls }) => calls[0]?.version?.split('+')[0])).toEqual(['1', '2'])
    expect(world.effects.map(({ input }) => input)).toEqual([{ id: 'C' }])
  })

  it('seed-27: a schema that changed under the same version is drift too; an unchanged tool goes on', async () => {
    const wider = z.strictObject({ id: z.string(), note: z.string().optional() })
    const drifted = await overACrash(
      batchOpened,
      (w) => [versioned(w, [], '1')],
      (w) => [versioned(w, [], '1', wider)],
    )
    expect(drifted.rejected).toHaveLength(1)
    const same = await overACrash(
      batchOpened,
      (w) => [versioned(w, [], '1')],
      (w) => [versioned(w, [], '1')],
    )
    expect(same.rejected).toEqual([])
    expect(same.world.effects).toHaveLength(2)
  })

  it('seed-26, seed-33: a tool removed while a call is pending: the call is refused, its sibling runs', async () => {
    const { rejected, settled, result } = await overACrash(
      batchOpened,
      (w) => [versioned(w, [], '1')],
      () => [],
    )
    expect(rejected[0]).toMatchObject({ call: 't1.c0', error: { class: 'unknown-tool', retryable: false } })
    expect(settled).toMatchObject([{ call: 't1.c1', outcome: 'ok' }])
    expect(result).toMatchObject({ status: 'completed' })
  })

  it('seed-27: a call whose attempt was in flight is unknown, never refused as if nothing had happened', async () => {
    for (let at = batchOpened; at < batchOpened + 8; at++) {
      const { settled, world, result } = await overACrash(
        at,
        (w) => [versioned(w, [], '1')],
        (w) => [versioned(w, [], '2')],
      )
      const started = (await world.logged('attempt-start')).some(({ call }) => call === 't1.c0')
      const first = settled.find(({ call }) => call === 't1.c0')
      if (first?.outcome === 'unknown')
        expect(result).toMatchObject({ status: 'needs-intervention', residue: ['t1.c0'] })
      expect(first === undefined).toBe(!started)
    }
  })

  it('seed-27: versions name the schemas too, and tools without a version have none', () => {
    const make = (version: string | undefined, output: z.ZodType): AnyTool =>
      defineTool({
        name: 'look',
        description: '',
        effect: 'read',
        input: z.strictObject({}),
        output,
        ...(version ? { version } : {}),
        execute: async () => null,
      })
    expect(versionOf(make(undefined, z.string()))).toBeUndefined()
    expect(versionOf(make('1', z.string()))).toBe(versionOf(make('1', z.string())))
    expect(versionOf(make('1', z.string()))).not.toBe(versionOf(make('1', z.number())))
  })
})
