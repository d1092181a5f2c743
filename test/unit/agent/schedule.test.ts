import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyTool } from '../../../src/agent/tool.js'
import { conflict, serialOrder } from '../../../src/core/batch-order.js'
import type { Intent } from '../../../src/core/event.js'
import { ToolFailure } from '../../../src/core/tool.js'
import { type Diary, propose, type ShopTool, shopTool } from './shop-tools.js'
import { agentOf, say, World } from './small-world.js'

const declared = { dependsOn: (input: { id: string; after?: string[] }) => input.after ?? [] }
const onOne = { resources: () => ['account'] }

/** Every call writes its own effect; `after` names the calls it depends on. */
async function runBatch(tools: (world: World, diary: Diary) => AnyTool[], ...calls: [string, unknown][]) {
  const world = new World()
  const diary: Diary = []
  const began = world.now
  const result = await world.run(agentOf(tools(world, diary)), world.model(propose(...calls), say('done')))
  const commit = (await world.logged('batch-commit'))[0]
  const rejected = (await world.logged('call-rejected')).map(({ call, error }) => [call, error.class])
  return {
    world,
    diary,
    result,
    rejected,
    outcomes: commit?.results.map(({ outcome }) => outcome),
    took: world.now - began,
  }
}

const steps =
  (options: ShopTool = {}) =>
  (world: World, diary: Diary) => [shopTool(world, diary, 'step', { effect: 'write', ...declared, ...options })]

describe('dependencies', () => {
  it('seed-70: a call starts when the calls it depends on have settled ok, and results stay in call order', async () => {
    const { diary, outcomes } = await runBatch(
      steps(),
      ['step', { id: 'A', after: ['t1.c1'] }],
      ['step', { id: 'B' }],
      ['step', { id: 'C', after: ['t1.c0', 't1.c1'] }],
    )
    expect(diary).toEqual(['start step B', 'end step B', 'start step A', 'end step A', 'start step C', 'end step C'])
    expect(outcomes).toEqual(['ok', 'ok', 'ok'])
  })

  it('seed-70: a missing dependency and a cycle are two errors of their calls alone, found before anything runs', async () => {
    const { diary, rejected, outcomes, world } = await runBatch(
      steps(),
      ['step', { id: 'A', after: ['t1.c1'] }],
      ['step', { id: 'B', after: ['t1.c0'] }],
      ['step', { id: 'C', after: ['t1.c9'] }],
      ['step', { id: 'D', after: ['t1.c3'] }],
      ['step', { id: 'E', after: ['t1.c0'] }],
      ['step', { id: 'F' }],
    )
    expect(rejected).toEqual([
      ['t1.c0', 'dependency-cycle'],
      ['t1.c1', 'dependency-cycle'],
      ['t1.c2', 'dependency-missing'],
      ['t1.c3', 'dependency-cycle'],
      ['t1.c4', 'dependency-failed'],
    ])
    expect(diary).toEqual(['start step F', 'end step F'])
    expect(outcomes).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'ok'])
    const types = (await world.log()).map(({ type }) => type)
    expect(types.indexOf('call-rejected')).toBeLessThan(types.indexOf('attempt-start'))
  })

  it('seed-70: only ok meets a dependency: after a failed or unknown one its dependents are not executed', async () => {
    const fails = steps({
      answer: ({ id }) => {
        if (id === 'A') throw new ToolFailure('no', { retry: 'never' })
        return id
      },
    })
    const failed = await runBatch(fails, ['step', { id: 'A' }], ['step', { id: 'B', after: ['t1.c0'] }])
    expect(failed.rejected).toEqual([['t1.c1', 'dependency-failed']])
    const hangs = steps({ idempotency: 'none', takes: 40_000 })
    const unknown = await runBatch(hangs, ['step', { id: 'A' }], ['step', { id: 'B', after: ['t1.c0'] }])
    expect(unknown.outcomes).toEqual(['unknown', 'failed'])
    expect(unknown.diary.filter((line) => line.endsWith('B'))).toEqual([])
  })

  it('seed-70: a tool whose dependsOn throws or names no paths has its own call refused', async () => {
    const tools = (world: World, diary: Diary): AnyTool[] => [
      shopTool(world, diary, 'odd', { dependsOn: () => [7] as never }),
      shopTool(world, diary, 'bad', {
        resources: () => {
          throw new Error('no')
        },
      }),
      shopTool(world, diary, 'good'),
    ]
    const { rejected, outcomes } = await runBatch(
      tools,
      ['odd', { id: 'A' }],
      ['bad', { id: 'A' }],
      ['good', { id: 'A' }],
    )
    expect(rejected).toEqual([
      ['t1.c0', 'refused'],
      ['t1.c1', 'refused'],
    ])
    expect(outcomes).toEqual(['failed', 'failed', 'ok'])
  })

  it('seed-70: random graphs run as a reference topological executor runs them', async () => {
    const graph = fc.array(fc.tuple(fc.array(fc.nat(6), { maxLength: 2 }), fc.boolean()), {
      minLength: 1,
      maxLength: 7,
    })
    await fc.assert(
      fc.asyncProperty(graph, async (nodes) => {
        const fails = (id: string): boolean => nodes[Number(id)]![1] && Number(id) % 3 === 0
        const tools = steps({
          answer: ({ id }) => {
            if (fails(id)) throw new ToolFailure('no', { retry: 'never' })
            return id
          },
        })
        const calls = nodes.map(([after], index): [string, unknown] => [
          'step',
          { id: `${index}`, after: after.map((n) => `t1.c${n}`) },
        ])
        const { diary, outcomes } = await runBatch(tools, ...calls)
        const ran = diary.filter((line) => line.startsWith('start')).map((line) => Number(line.split(' ')[2]))
        expect(outcomes).toEqual(
          reference(
            nodes.map(([after]) => after),
            (n) => fails(`${n}`),
          ),
        )
        for (const n of ran)
          for (const d of nodes[n]![0])
            expect(diary.indexOf(`end step ${d}`)).toBeLessThan(diary.indexOf(`start step ${n}`))
        for (const n of ran) for (const d of nodes[n]![0]) expect(diary).toContain(`end step ${d}`)
      }),
      { numRuns: 60, seed: 70 },
    )
  })
})

/** Outcomes by repeated relaxation: whatever never becomes ready is cyclic or hangs on something that failed. */
function reference(after: readonly (readonly number[])[], fails: (n: number) => boolean): string[] {
  const ok = new Set<number>()
  for (let round = 0; round <= after.length; round++) {
    after.forEach((deps, n) => {
      if (!fails(n) && deps.every((d) => ok.has(d))) ok.add(n)
    })
  }
  return after.map((_, n) => (ok.has(n) ? 'ok' : 'failed'))
}

describe('resources', () => {
  const bank = (world: World, diary: Diary): AnyTool[] => {
    let balance = 0
    return [
      shopTool(world, diary, 'deposit', { effect: 'write', takes: 500, ...onOne, answer: () => ++balance }),
      shopTool(world, diary, 'balance', { ...onOne, answer: () => balance }),
      shopTool(world, diary, 'weather'),
    ]
  }

  it('seed-66: a read beside a write on one resource gives what call order gives', async () => {
    const { world, diary } = await runBatch(
      bank,
      ['balance', { id: '1' }],
      ['deposit', { id: 'A' }],
      ['balance', { id: '2' }],
      ['balance', { id: '3' }],
      ['weather', { id: 'X' }],
    )
    const settled = await world.logged('call-settled')
    const shownBy = (call: string): unknown => settled.find((event) => event.call === call)?.value
    expect(['t1.c0', 't1.c1', 't1.c2', 't1.c3'].map(shownBy)).toEqual([0, 1, 1, 1])
    expect(diary.slice(0, 2)).toEqual(['start balance 1', 'start weather X'])
    expect(diary.indexOf('start balance 3')).toBeLessThan(diary.indexOf('end balance 2'))
  })

  it('seed-66: the intents in the log say what conflicts, so that an invariant can judge the order', async () => {
    const { world } = await runBatch(bank, ['deposit', { id: 'A' }], ['weather', { id: 'X' }])
    const [opened] = await world.logged('batch-open')
    expect(opened?.calls.map(({ resources }) => resources)).toEqual([['account'], undefined])
  })

  it('seed-69: independent calls take as long as the longest, not their sum', async () => {
    const slow = (world: World, diary: Diary): AnyTool[] => [shopTool(world, diary, 'look', { takes: 10_000 })]
    const { took } = await runBatch(slow, ['look', { id: 'A' }], ['look', { id: 'B' }], ['look', { id: 'C' }])
    expect(took).toBeLessThan(15_000)
  })

  it('seed-72: no more calls are in flight than the limit, first come first served', async () => {
    const world = new World()
    const diary: Diary = []
    const agent = agentOf([shopTool(world, diary, 'look')])
    const limited = { ...agent, limits: { ...agent.limits, inFlight: 2 } }
    const ids = ['A', 'B', 'C', 'D', 'E']
    const calls = ids.map((id): [string, unknown] => ['look', { id }])
    await world.run(limited, world.model(propose(...calls), say('done')))
    let open = 0
    for (const line of diary) {
      open += line.startsWith('start') ? 1 : -1
      expect(open).toBeLessThanOrEqual(2)
    }
    expect(diary.filter((line) => line.startsWith('start')).map((line) => line.at(-1))).toEqual(ids)
  })

  it('seed-70: dependencies and resources together never lock a batch', () => {
    const arbitrary = fc.array(
      fc.record({
        after: fc.array(fc.nat(5), { maxLength: 2 }),
        resource: fc.constantFrom('x', 'y', undefined),
        effect: fc.constantFrom('read', 'write'),
      }),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(arbitrary, (nodes) => {
        const intents = nodes.map((node, index) => intentOf(index, node))
        const order = serialOrder(intents)
        for (const [place, intent] of order.entries()) {
          const before = order.slice(0, place).map(({ call }) => call)
          for (const path of intent.dependsOn ?? [])
            if (intents.some(({ call }) => call === path)) expect(before).toContain(path)
        }
        const unordered = intents.every(({ dependsOn }) => !dependsOn?.length)
        if (unordered) expect(order).toEqual(intents)
        expect(intents.every((one) => intents.every((other) => conflict(one, other) === conflict(other, one)))).toBe(
          true,
        )
      }),
      { seed: 70 },
    )
  })
})

function intentOf(index: number, node: { after: number[]; resource: string | undefined; effect: string }): Intent {
  return {
    call: `t1.c${index}`,
    id: `p${index}`,
    tool: 'step',
    effect: node.effect as Intent['effect'],
    proposed: '{}',
    key: `${index}`,
    dependsOn: node.after.map((n) => `t1.c${n}`),
    ...(node.resource ? { resources: [node.resource] } : {}),
  }
}
