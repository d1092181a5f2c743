import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type AnyTool, defineTool } from '../../../src/agent/tool.js'
import { ToolFailure } from '../../../src/core/tool.js'
import { type Diary, propose, type ShopTool, shopTool } from './shop-tools.js'
import { agentOf, say, World } from './small-world.js'

const starts = (diary: Diary): string[] => diary.filter((line) => line.startsWith('start'))

async function runTurns(tools: (world: World, diary: Diary) => AnyTool[], ...turns: [string, unknown][][]) {
  const world = new World()
  const diary: Diary = []
  const agent = { ...agentOf(tools(world, diary)), breaker: { failures: 100, resetMs: 1 } }
  const result = await world.run(agent, world.model(...turns.map((turn) => propose(...turn)), say('done')))
  const settled = await world.logged('call-settled')
  const shown = (await world.logged('batch-commit')).flatMap(({ results }) => results.map(({ content }) => content))
  return { world, diary, result, settled, shown, values: settled.map(({ value }) => value) }
}

describe('a policy', () => {
  const sql = (world: World, diary: Diary): AnyTool[] => [
    shopTool(world, diary, 'query', {
      effect: 'write',
      policy: ({ id }) => (/^\s*select\b[^;]*$/i.test(id) ? undefined : 'only one SELECT statement is allowed'),
    }),
  ]

  it('seed-40: refuses what the schema cannot: DELETE never reaches a read-only SQL tool', async () => {
    const { world, shown, diary } = await runTurns(sql, [
      ['query', { id: 'DELETE FROM users' }],
      ['query', { id: 'SELECT 1; DROP TABLE users' }],
      ['query', { id: 'SELECT 1' }],
    ])
    expect(world.effects.map(({ input }) => input)).toEqual([{ id: 'SELECT 1' }])
    expect(starts(diary)).toEqual(['start query SELECT 1'])
    expect(shown[0]).toBe('query failed and did not take effect. refused: only one SELECT statement is allowed')
    const rejected = (await world.logged('call-rejected')).map(({ call, error }) => [call, error.class])
    expect(rejected).toEqual([
      ['t1.c0', 'refused'],
      ['t1.c1', 'refused'],
    ])
  })

  it('seed-40: sees only arguments the schema takes, and one that throws or answers oddly refuses', async () => {
    const seen: unknown[] = []
    const tools = (world: World, diary: Diary): AnyTool[] => [
      shopTool(world, diary, 'odd', {
        policy: (input) => {
          seen.push(input)
          return 7 as never
        },
      }),
      shopTool(world, diary, 'bad', {
        policy: () => {
          throw new Error('secret')
        },
      }),
    ]
    const { shown, diary } = await runTurns(tools, [
      ['odd', { id: 3 }],
      ['odd', { id: 'A' }],
      ['bad', { id: 'A' }],
    ])
    expect(seen).toEqual([{ id: 'A' }])
    expect(starts(diary)).toEqual([])
    expect(shown.map((text) => /: (.*)/.exec(text)?.[1])).toEqual([
      expect.stringContaining('id'),
      'the policy of the tool refuses this call',
      'the policy of the tool failed on this call',
    ])
  })
})

describe('equal calls of one batch', () => {
  const mail = (options: ShopTool) => (world: World, diary: Diary) => [
    shopTool(world, diary, 'mail', { effect: 'write', ...options }),
  ]

  it('seed-73: are two effects with two keys, unless the tool says that they are one', async () => {
    const twice: [string, unknown][] = [
      ['mail', { id: 'A' }],
      ['mail', { id: 'A' }],
      ['mail', { id: 'B' }],
    ]
    const two = await runTurns(mail({}), twice)
    expect(two.world.effects).toHaveLength(3)
    expect(new Set(two.world.effects.map(({ key }) => key)).size).toBe(3)
    const one = await runTurns(mail({ dedupe: 'args' }), twice)
    expect(one.world.effects.map(({ input }) => input)).toEqual([{ id: 'A' }, { id: 'B' }])
    expect(one.shown).toEqual(['"mail A"', '[the same call as t1.c0] "mail A"', '"mail B"'])
    expect(one.result).toMatchObject({ status: 'completed' })
  })

  it('seed-73: share a failure; a doubt stays with the first', async () => {
    const failing = await runTurns(
      mail({
        dedupe: 'args',
        answer: () => {
          throw new ToolFailure('no', { retry: 'never' })
        },
      }),
      [
        ['mail', { id: 'A' }],
        ['mail', { id: 'A' }],
      ],
    )
    expect(failing.settled.map(({ outcome, attempts }) => [outcome, attempts])).toEqual([
      ['failed', 1],
      ['failed', 0],
    ])
    const hanging = await runTurns(mail({ dedupe: 'args', idempotency: 'none', takes: 90_000 }), [
      ['mail', { id: 'A' }],
      ['mail', { id: 'A' }],
    ])
    expect(hanging.settled.map(({ outcome }) => outcome)).toEqual(['unknown', 'failed'])
    expect(hanging.shown[1]).toContain('not made apart from t1.c0, whose outcome is unknown')
    expect(hanging.result).toMatchObject({ status: 'needs-intervention', residue: ['t1.c0'] })
  })
})

describe('the result cache', () => {
  /** Reads and writes of two accounts. */
  const bank =
    (options: { cacheMs?: number; undeclared?: boolean; takes?: number } = {}) =>
    (world: World, diary: Diary): AnyTool[] => {
      const balance: Record<string, number> = { A: 0, B: 0 }
      const resources = options.undeclared ? {} : { resources: ({ id }: { id: string }) => [id] }
      return [
        shopTool(world, diary, 'balance', {
          ...resources,
          cacheMs: options.cacheMs ?? 60_000,
          answer: ({ id }) => balance[id],
        }),
        shopTool(world, diary, 'deposit', {
          effect: 'write',
          ...resources,
          takes: options.takes ?? 100,
          answer: ({ id }) => (balance[id] = (balance[id] ?? 0) + 1),
        }),
      ]
    }
  const read = (id: string): [string, unknown] => ['balance', { id }]
  const write = (id: string): [string, unknown] => ['deposit', { id }]

  it('seed-84: answers an equal read of the session from the log, and says so', async () => {
    const { diary, shown } = await runTurns(bank(), [read('A')], [read('A'), read('B')])
    expect(starts(diary)).toEqual(['start balance A', 'start balance B'])
    expect(shown).toEqual(['0', '[as read by t1.c0] 0', '0'])
  })

  it('seed-84: keeps no failure: the same read is made again', async () => {
    let asked = 0
    const answer = (): number => {
      if (++asked === 1) throw new ToolFailure('no', { retry: 'never' })
      return 7
    }
    const balance = (world: World, diary: Diary): AnyTool[] => [
      shopTool(world, diary, 'balance', { resources: () => ['A'], cacheMs: 60_000, answer }),
    ]
    const { settled } = await runTurns(balance, [read('A')], [read('A')])
    expect(settled.map(({ outcome, value, note }) => [outcome, value, note])).toEqual([
      ['failed', undefined, undefined],
      ['ok', 7, undefined],
    ])
  })

  it('seed-84: forgets after its time', async () => {
    const { diary } = await runTurns(bank({ cacheMs: 500 }), [read('A')], [read('A')])
    expect(starts(diary)).toHaveLength(2)
  })

  it('seed-85: a read after a write gives the fresh value; other resources stay cached', async () => {
    const { settled, diary } = await runTurns(bank(), [read('A'), read('B')], [write('A')], [read('A'), read('B')])
    expect(settled.filter(({ call }) => call.startsWith('t3')).map(({ value }) => value)).toEqual([0, 1])
    expect(starts(diary)).toEqual(['start balance A', 'start balance B', 'start deposit A', 'start balance A'])
  })

  it('seed-85: a write of undeclared resources ends every entry', async () => {
    const { diary } = await runTurns(bank({ undeclared: true }), [read('A')], [write('B')], [read('A')])
    expect(starts(diary).filter((line) => line === 'start balance A')).toHaveLength(2)
  })

  it('seed-85: what was read while a write was under way, or in doubt, is not kept', async () => {
    const { settled } = await runTurns(
      bank({ undeclared: true, takes: 3_000 }),
      [read('A'), write('A')],
      [read('A')],
      [read('A')],
    )
    expect(settled.filter(({ tool }) => tool === 'balance').map(({ value, note }) => [value, note])).toEqual([
      [0, undefined],
      [1, undefined],
      [1, 'as read by t2.c0'],
    ])
    const late = (world: World, diary: Diary): AnyTool[] => {
      let balance = 0
      const resources = () => ['A']
      return [
        shopTool(world, diary, 'balance', { resources, cacheMs: 600_000, answer: () => balance }),
        shopTool(world, diary, 'deposit', {
          effect: 'write',
          idempotency: 'none',
          resources,
          takes: 31_500,
          answer: () => ++balance,
        }),
      ]
    }
    const doubtful = await runTurns(late, [['deposit', { id: 'A' }]], [read('A')], [read('A')])
    expect(doubtful.settled.map(({ tool, outcome, value }) => [tool, outcome, value])).toEqual([
      ['deposit', 'unknown', undefined],
      ['balance', 'ok', 0],
      ['balance', 'ok', 1],
    ])
  })

  it('seed-84: outlives a crash at any operation, and never shows what a write has changed', async () => {
    const turns = [
      propose(read('A')),
      propose(read('A'), write('B')),
      propose(write('A')),
      propose(read('A')),
      say('done'),
    ]
    for (const how of ['crash-before', 'crash-after'] as const) {
      for (let at = 1; at < 30; at++) {
        const world = new World()
        const tools = bank({})(world, [])
        world.fault = { at, how }
        let result = await world.run(agentOf(tools), world.model(...turns))
        if (result === 'dead') result = await world.run(agentOf(tools), world.model(...turns))
        const last = (await world.logged('batch-commit')).at(-1)
        expect({ at, how, result, content: last?.results.map(({ content }) => content) }).toMatchObject({
          result: { status: 'completed' },
          content: ['1'],
        })
      }
    }
  })
})

describe('a fallback', () => {
  const away = {
    answer: () => {
      throw new ToolFailure('down')
    },
  }
  const found =
    (by: ShopTool['fallback'], options: ShopTool = away) =>
    (world: World, diary: Diary): AnyTool[] => [
      shopTool(world, diary, 'search', { ...options, ...(by === undefined ? {} : { fallback: by }) }),
      shopTool(world, diary, 'archive'),
    ]

  it('seed-23: answers when the primary is away, and the answer says so', async () => {
    const { shown, settled, world, diary } = await runTurns(found('archive'), [['search', { id: 'A' }]])
    expect(shown).toEqual(['[search is unavailable; answered by archive] "archive A"'])
    expect(settled).toMatchObject([{ outcome: 'ok', attempts: 3, note: 'search is unavailable; answered by archive' }])
    expect(await world.logged('fallback-used')).toMatchObject([{ call: 't1.c0', by: 'archive' }])
    expect(diary.at(-1)).toBe('end archive A')
  })

  it('seed-23: may be a function, whose result the primary schema judges', async () => {
    const { shown } = await runTurns(
      found(({ id }) => `last known ${id}`),
      [['search', { id: 'A' }]],
    )
    expect(shown).toEqual(['[search is unavailable; answered by its fallback] "last known A"'])
    const bad = await runTurns(
      found(() => undefined as never),
      [['search', { id: 'A' }]],
    )
    expect(bad.settled).toMatchObject([{ outcome: 'failed', error: { class: 'unavailable' } }])
  })

  it('seed-23: stays silent when the primary answers, refuses, or the fallback is away as well', async () => {
    const fine = await runTurns(found('archive', {}), [['search', { id: 'A' }]])
    expect(fine.shown).toEqual(['"search A"'])
    const refusing = {
      answer: () => {
        throw new ToolFailure('no such thing', { retry: 'never' })
      },
    }
    expect((await runTurns(found('archive', refusing), [['search', { id: 'A' }]])).settled).toMatchObject([
      { outcome: 'failed', error: { class: 'permanent' } },
    ])
    const both = (world: World, diary: Diary): AnyTool[] => [
      shopTool(world, diary, 'search', { ...away, fallback: 'archive' }),
      shopTool(world, diary, 'archive', {
        answer: () => {
          throw new Error('gone')
        },
      }),
    ]
    expect((await runTurns(both, [['search', { id: 'A' }]])).settled).toMatchObject([
      { outcome: 'failed', attempts: 3, error: { text: 'down' } },
    ])
  })
})

describe('declarations that cannot be', () => {
  const define = (options: object): unknown =>
    defineTool({
      name: 'charge',
      description: '',
      effect: 'write',
      input: z.strictObject({}),
      output: z.null(),
      execute: async () => null,
      ...options,
    } as never)

  it.each([
    ['a write with a cache', { cacheMs: 5 }, 'cannot be cached'],
    ['a write with a fallback', { fallback: 'other' }, 'nothing can stand in'],
    ['a tool that is its own fallback', { effect: 'read', fallback: 'charge' }, 'its own fallback'],
    ['a negative cache', { effect: 'read', cacheMs: -1 }, 'cacheMs'],
    ['a cap that is no number', { maxResultBytes: Number.NaN }, 'maxResultBytes'],
    ['a policy that is no function', { policy: 'never' }, 'policy of tool charge must be a function'],
    ['an empty version', { version: '' }, 'version'],
    ['another dedupe', { dedupe: 'all' }, "can only be 'args'"],
    ['no input schema', { input: undefined }, 'needs an input schema'],
  ])('seed-38: %s is misuse, told at once', (_what, options, text) => {
    expect(() => define(options)).toThrow(text)
  })

  it('seed-23: a fallback must be a read tool of the agent', () => {
    const world = new World()
    const search = shopTool(world, [], 'search', { fallback: 'archive' })
    expect(() => agentOf([search])).toThrow('the fallback of tool search')
    expect(() => agentOf([search, shopTool(world, [], 'archive', { effect: 'write' })])).toThrow('must be a read tool')
  })
})
