/** The calls of a turn: what is refused, what is shown, what waits for what, how long they may take. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineAgent } from '../../src/agent/agent.js'
import { rulesOf } from '../../src/agent/parts.js'
import { inspect } from '../../src/agent/trace/replay.js'
import { canonical } from '../../src/core/json.js'
import { strictPairing } from '../../src/core/pairing.js'
import { ToolFailure } from '../../src/core/tool.js'
import { type Diary, propose, shopTool } from '../unit/agent/shop-tools.js'
import { agentOf, calls, say, World } from '../unit/agent/small-world.js'

import { script, shop } from './small-shop.js'

describe('the calls of a turn', () => {
  it('seed-15, seed-55, seed-62: the assistant message keeps its calls, and the results follow it under the same ids', async () => {
    const world = new World()
    await world.run(shop(world), world.model(...script))
    const [, assistant, tool] = world.prompts[1]!.messages.slice(1)
    expect(assistant).toMatchObject({
      role: 'assistant',
      calls: [
        { id: 'p0', tool: 'look' },
        { id: 'p1', tool: 'charge' },
      ],
    })
    expect(tool).toMatchObject({
      role: 'tool',
      results: [
        { id: 'p0', outcome: 'ok' },
        { id: 'p1', outcome: 'ok' },
      ],
    })
  })

  it('seed-32, seed-34, seed-35, seed-36, seed-71: what cannot run is one error result; its siblings run', async () => {
    const world = new World()
    const diary: Diary = []
    const answer = propose(
      ['nothing', {}],
      ['charge', '{"id":'],
      ['charge', '[]'],
      ['charge', { id: 7 }],
      ['charge', { id: 'A', password: 'hunter2' }],
      ['charge', { id: 'B' }],
    )
    await world.run(shop(world, diary), world.model(answer, say('done')))
    expect(world.effects.map(({ input }) => input)).toEqual([{ id: 'B' }])
    const results = (await world.logged('batch-commit'))[0]!.results
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'ok'])
    const [unknown, broken, noObject, wrong, extra] = results.map(({ content }) => content)
    expect(unknown).toContain('there is no tool "nothing"; the tools are charge, look')
    expect(broken).toContain('the arguments are not valid JSON')
    expect(noObject).toContain('must be a JSON object')
    expect(wrong).toMatch(/invalid-args: id: /)
    expect(extra).not.toContain('hunter2')
    for (const content of [unknown, broken, noObject, wrong, extra]) expect(content).not.toMatch(/\bat .*\.(ts|js)/)
  })

  it('seed-34: no garbage reaches a tool', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.json(), fc.string()), { minLength: 1, maxLength: 5 }), async (inputs) => {
        const world = new World()
        const diary: Diary = []
        await world.run(
          shop(world, diary),
          world.model(propose(...inputs.map((input): [string, unknown] => ['charge', input])), say('done')),
        )
        for (const { input } of world.effects) expect(input).toEqual({ id: expect.any(String) })
      }),
      { numRuns: 60, seed: 34 },
    )
  })

  it('seed-36, seed-37: the model reads what was wrong and corrects itself; after three corrections the run stops with nothing done', async () => {
    const world = new World()
    const corrects = (request: { messages: readonly unknown[] }) =>
      JSON.stringify(request.messages).includes('id: ') ? propose(['charge', { id: 'A' }]) : propose(['charge', {}])
    await world.run(shop(world), world.model(corrects, corrects, say('done')))
    expect(world.effects.map(({ input }) => input)).toEqual([{ id: 'A' }])
    const stubborn = new World()
    const agent = agentOf([stubborn.tool('charge'), stubborn.tool('book', { isUndoable: true })], { saga: true })
    const model = stubborn.model(calls('book A'), (request) => propose(['charge', { wrong: request.turn }]))
    stubborn.fault = { at: 22, how: 'crash-after' }
    let result = await stubborn.run(agent, model)
    if (result === 'dead') result = await stubborn.run(agent, model)
    expect(result).toMatchObject({ status: 'failed', reason: 'max-corrections' })
    expect(stubborn.effects.map(({ name }) => name)).toEqual(['book', 'undo-book'])
    expect(await stubborn.logged('call-rejected')).toHaveLength(4)
  })

  it('seed-39: keys without a value are dropped before arguments are hashed; explicit nulls stay', () => {
    expect(canonical({ b: 1, a: undefined })).toBe(canonical({ b: 1 }))
    expect(canonical({ a: null })).not.toBe(canonical({}))
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: undefined })), (value) => {
        expect(canonical(value)).toBe(canonical(JSON.parse(JSON.stringify(value))))
      }),
    )
  })

  it('seed-74: repeated and empty ids are renamed, the same way every time, and pairs stay pairs', async () => {
    const renamed = async () => {
      const world = new World()
      const same = propose(['look', { id: 'A' }], ['look', { id: 'B' }], ['charge', { id: 'C' }])
      const answer = { ...same, calls: same.calls.map((call, index) => ({ ...call, id: index === 2 ? '' : 'x' })) }
      await world.run(shop(world), world.model(answer, answer, say('done')))
      for (const { messages } of world.prompts) expect(strictPairing(messages)).toBeUndefined()
      return (await world.logged('batch-open')).map(({ calls }) => calls.map(({ id }) => id))
    }
    expect(await renamed()).toEqual([
      ['x', 't1.c1', 't1.c2'],
      ['t2.c0', 't2.c1', 't2.c2'],
    ])
    expect(await renamed()).toEqual(await renamed())
  })

  it('seed-60, seed-61, seed-62, seed-63, seed-67: the model is not called while a call of its turn is open, whatever they take', async () => {
    const takes = fc.array(fc.nat(60_000), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(takes, async (times) => {
        const world = new World()
        const tools = times.map((ms, n) => shopTool(world, [], `t${n}`, { takes: ms }))
        const batch = propose(...times.map((_, n): [string, unknown] => [`t${n}`, { id: 'A' }]))
        await world.run(agentOf(tools), world.model(batch, batch, say('done')))
        let open = 0
        let turn = 0
        for (const event of await world.log()) {
          if (event.type === 'batch-open') open += event.calls.length
          if (event.type === 'call-settled' || event.type === 'call-rejected') open--
          if (event.type === 'batch-commit') expect(event.results).toHaveLength(times.length)
          if (event.type !== 'model-call-start') continue
          expect(open).toBe(0)
          expect(event.turn).toBeGreaterThan(turn)
          turn = event.turn
        }
      }),
      { numRuns: 30, seed: 60 },
    )
  })

  it('seed-68: completion order changes nothing of what is committed', async () => {
    const shown = async (times: number[]) => {
      const world = new World()
      const tools = times.map((ms, n) => shopTool(world, [], `t${n}`, { takes: ms }))
      await world.run(
        agentOf(tools),
        world.model(propose(...times.map((_, n): [string, unknown] => [`t${n}`, { id: 'A' }])), say('done')),
      )
      return world.prompts[1]?.messages
    }
    const expected = await shown([1, 2, 3, 4])
    for (const times of [
      [4, 3, 2, 1],
      [2, 4, 1, 3],
      [9_000, 1, 8_000, 2],
    ])
      expect(await shown(times)).toEqual(expected)
  })

  it('seed-64: a late result is recorded and never shown, even as the run goes on for turns', async () => {
    const world = new World()
    const slow = shopTool(world, [], 'slow', {
      effect: 'write',
      idempotency: 'none',
      timeoutMs: 1_000,
      takes: 2_500,
      answer: () => 'NONCE',
    })
    const agent = agentOf([slow, shopTool(world, [], 'look', { takes: 500 })])
    const looks = (request: { turn: number }) => propose(['look', { id: `${request.turn}` }])
    await world.run(agent, world.model(propose(['slow', { id: 'A' }]), looks, looks, looks, say('done')))
    expect(await world.logged('late-result')).toMatchObject([{ call: 't1.c0', outcome: 'ok', value: 'NONCE' }])
    expect(JSON.stringify(world.prompts)).not.toContain('NONCE')
  })

  it('seed-64: of late results the first 64 keep their value; of all is known what became of the call, and the rest are counted', async () => {
    const world = new World()
    const lines: string[] = []
    const slow = shopTool(world, [], 'slow', { effect: 'write', idempotency: 'none', timeoutMs: 1_000, takes: 2_500 })
    const agent = defineAgent({
      name: 'shop',
      instructions: 'be good',
      tools: [slow, shopTool(world, [], 'look', { takes: 9_000 })],
      breaker: { failures: 1_000 },
      sinks: [{ name: 'lines', log: ({ text }) => lines.push(text) }],
    })
    const writes = ({ turn }: { turn: number }) =>
      propose(...Array.from({ length: 35 }, (_, index): [string, unknown] => ['slow', { id: `${turn}.${index}` }]))
    const result = await world.run(agent, world.model(writes, writes, propose(['look', { id: 'A' }]), say('done')))
    const late = await world.logged('late-result')
    expect(late).toHaveLength(70)
    expect(late.slice(0, 64).every(({ value, dropped }) => value !== undefined && dropped === undefined)).toBe(true)
    expect(late.slice(64).map(({ value, dropped }) => [value, dropped])).toEqual(
      [1, 2, 3, 4, 5, 6].map((count) => [undefined, count]),
    )
    expect(lines.filter((line) => line.includes('values_dropped')).at(-1)).toContain('late outcome=ok values_dropped=6')
    expect(inspect(agent, await world.log())).toMatchObject({ lateValuesDropped: 6, inDoubt: [] })
    expect(result).toMatchObject({ status: 'completed', residue: [] })
  })

  it('seed-71: a sibling that fails for good loses nothing of the others', async () => {
    const world = new World()
    const tools = [
      shopTool(world, [], 'bad', {
        takes: 1,
        answer: () => {
          throw new ToolFailure('no', { retry: 'never' })
        },
      }),
      shopTool(world, [], 'look', { takes: 20_000 }),
    ]
    await world.run(agentOf(tools), world.model(propose(['bad', { id: 'A' }], ['look', { id: 'B' }]), say('done')))
    expect((await world.logged('batch-commit'))[0]?.results.map(({ outcome }) => outcome)).toEqual(['failed', 'ok'])
  })
})

describe('tools and time', () => {
  it("seed-51: the agent's timeout goes before the tool's, which goes before 30 s", () => {
    const world = new World()
    const tools = [
      shopTool(world, [], 'a', { timeoutMs: 5_000 }),
      shopTool(world, [], 'b', { timeoutMs: 7_000 }),
      shopTool(world, [], 'c'),
    ]
    const agent = agentOf(tools, { timeouts: { a: 1_000 } } as never)
    expect(agent.tools.map((tool) => rulesOf(agent).parts.timeoutOf(tool))).toEqual([1_000, 7_000, 30_000])
    expect(() => agentOf(tools, { timeouts: { z: 1 } } as never)).toThrow('timeouts.z')
    expect(() => agentOf(tools, { timeouts: { a: -1 } } as never)).toThrow('timeouts.a')
  })

  it('seed-50, seed-52: a tool that never settles is cut at its timeout, and no timer is left, whatever settles', async () => {
    const world = new World()
    let aborted = 0
    const never = {
      ...shopTool(world, [], 'never', { timeoutMs: 2_000 }),
      execute: (_input: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise(() => signal.addEventListener('abort', () => aborted++)),
    }
    const result = await world.run(
      agentOf([never, shopTool(world, [], 'look')]),
      world.model(propose(['never', { id: 'A' }], ['look', { id: 'B' }]), say('done')),
    )
    expect(result).toMatchObject({ status: 'completed' })
    expect(aborted).toBe(3)
    expect(world.timers).toBe(0)
  })

  it('seed-53: an executor that runs on after its timeout is aborted, and its write is unknown', async () => {
    const world = new World()
    const charge = shopTool(world, [], 'charge', {
      effect: 'write',
      idempotency: 'none',
      timeoutMs: 1_000,
      takes: 1_500,
    })
    const result = await world.run(agentOf([charge]), world.model(propose(['charge', { id: 'A' }]), say('done')))
    expect((await world.logged('call-settled'))[0]).toMatchObject({ outcome: 'unknown', error: { class: 'timeout' } })
    expect(result).toMatchObject({ status: 'completed' })
    expect(await world.logged('late-result')).toHaveLength(1)
  })
})
