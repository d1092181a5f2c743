import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAgent } from '../../src/agent/agent.js'
import { type AnyTool, defineTool } from '../../src/agent/tool.js'
import { memoryOrder } from '../../src/check/invariant/memory-order.js'
import { judge } from '../../src/check/judge.js'
import type { LogEvent } from '../../src/core/event.js'
import type { MemoryOptions, SemanticStore } from '../../src/core/memory.js'
import type { Message } from '../../src/core/message.js'
import type { ContextOptions } from '../../src/core/prompt.js'
import { semanticStore } from '../../src/platform/semantic-store.js'
import { calls, type OperationFault, say, World } from '../unit/agent/small-world.js'
import { own } from '../unit/check/history-of.js'

const look: AnyTool = defineTool({
  name: 'look',
  description: 'look',
  effect: 'read',
  input: z.object({ id: z.string() }),
  output: z.object({ found: z.string() }),
  execute: async ({ id }) => ({ found: `${id} was found ${id === 'canary' ? 'SINGING' : 'there'} ${id.repeat(30)}` }),
})

/** So tight that results are soon shown as references, and remembered instead. */
const context: ContextOptions = { windowTokens: 4_000, budgets: { toolResults: 150, history: 400 }, keepTurns: 1 }

const keeper = (memory: MemoryOptions) =>
  defineAgent({
    name: 'keeper',
    instructions: 'be good',
    tools: [look],
    limits: { turns: 40, timeMs: 1e7 },
    context,
    memory,
  })

const answers = (...ids: string[]) => [...ids.map((id) => calls(`look ${id}`)), say('done')]
const birds = ['owl', 'kite', 'canary', 'heron', 'stork', 'finch', 'gull', 'wren']

const of = <K extends LogEvent['type']>(log: readonly LogEvent[], type: K) =>
  log.filter((event): event is Extract<LogEvent, { type: K }> => event.type === type)

const notesIn = (messages: readonly Message[]): string =>
  messages.flatMap((one) => (one.role === 'user' && one.text.startsWith('Notes') ? [one.text] : [])).join('\n')

/** The world with sessions that share its store, and perhaps a memory that outlives them. */
async function run(memory: MemoryOptions, ids: readonly string[], world = new World(), session = 's1') {
  const from = world.prompts.length
  const result = await world.run(keeper(memory), world.model(...answers(...ids)), session)
  return {
    world,
    result,
    log: await world.log(session),
    prompts: world.prompts.slice(from).map(({ messages }) => messages),
  }
}

const verdictOf = (log: readonly LogEvent[]) =>
  judge(
    {
      events: log.map((event, seq) => ({ ...event, seq, vt: seq, lane: 'run', incarnation: 1 })) as never,
      facts: own,
      truncated: false,
    },
    [memoryOrder],
  )[0]

describe('memory of a session', () => {
  it('seed-160: keeps each item as a text with a time, an importance from 0 to 1 and its sources', async () => {
    const importance = ({ tool }: { tool: string }): number => (tool === 'look' ? 7 : 0)
    const { log } = await run({ importance }, ['owl'])
    const [item] = of(log, 'memory-written').flatMap(({ items }) => items)
    expect(item).toMatchObject({
      kind: 'observation',
      importance: 1,
      sources: ['t1.c0'],
      trust: 'untrusted',
      version: 1,
    })
    expect(item?.text).toContain('look {"id":"owl"}: {"found":"owl was found there')
    expect(item?.at).toBeGreaterThan(0)
  })

  it('seed-162: is written with the commit of its batch and right behind it, and the next turn sees it', async () => {
    const { log } = await run({}, birds)
    for (const written of of(log, 'memory-written')) {
      expect(log[log.indexOf(written) - 1]).toMatchObject({ type: 'batch-commit', turn: written.turn })
      const read = of(log, 'memory-read').find(({ turn }) => turn === written.turn + 1)
      expect(read?.through).toBe(written.items.at(-1)?.version)
    }
    expect(verdictOf(log)).toMatchObject({ verdict: 'valid' })
    expect(of(log, 'memory-read').some(({ items }) => items.length > 1)).toBe(true)
  })

  it('seed-156: shows a session what it saw itself, and nothing of any other session', async () => {
    const { world, prompts } = await run({}, birds)
    expect(prompts.map(notesIn).join()).toContain('SINGING')
    const other = await run({}, ['owl', 'kite', 'heron', 'stork', 'finch'], world, 's2')
    expect(other.prompts.length).toBe(6)
    expect(JSON.stringify(other.prompts)).not.toContain('SINGING')
    expect(JSON.stringify(await world.log('s2'))).not.toContain('SINGING')
  })

  it('seed-151: shows nothing twice: neither what the prompt holds anyway nor two items that say the same', async () => {
    const { prompts } = await run({ items: 20 }, [...birds, 'owl2', 'owl2'])
    for (const messages of prompts) {
      const lines = notesIn(messages).split('\n').slice(1)
      expect(new Set(lines).size).toBe(lines.length)
      const shown = messages.flatMap((one) => (one.role === 'tool' ? one.results.map(({ content }) => content) : []))
      for (const content of shown.filter((text) => text.startsWith('{'))) {
        expect(lines.filter((line) => line.endsWith(content)).length).toBeLessThanOrEqual(
          content.includes('owl2') ? 1 : 0,
        )
      }
    }
  })

  it('seed-163: forgets what has outlived its time, in the session and in the store', async () => {
    const store = semanticStore()
    const memory = { semantic: store, importance: () => 0.9, ttlMs: 3_000 }
    const { log } = await run(memory, birds)
    const expired = of(log, 'memory-expired').flatMap(({ ids }) => ids)
    expect(expired).toContain('s1/m1')
    const signal = new AbortController().signal
    const left = await store.search({ vector: [], text: '', limit: 99 }, { signal, now: 0 })
    expect(left.length).toBeGreaterThan(0)
    for (const { id } of left) expect(expired).not.toContain(id)
    for (const read of of(log, 'memory-read')) {
      const gone = of(log.slice(0, log.indexOf(read)), 'memory-expired').flatMap(({ ids }) => ids)
      for (const { id } of read.items) expect(gone).not.toContain(id)
    }
  })

  it('seed-163: holds no more items than its capacity', async () => {
    const { log } = await run({ capacity: 3 }, birds)
    const written = of(log, 'memory-written').length
    expect(of(log, 'memory-expired').flatMap(({ ids }) => ids)).toHaveLength(written - 3)
  })

  it('seed-155: refuses numbers that no memory could keep', () => {
    expect(() => keeper({ items: 0 })).toThrow('out of its range')
    expect(() => keeper({ weights: { recency: -1 } })).toThrow('out of its range')
  })
})

describe('conclusions', () => {
  it('seed-161: name the items they were drawn from, and are trusted as little as the least of them', async () => {
    let asked = 0
    const reflect: MemoryOptions['reflect'] = (items) => [
      { text: `of ${items.length} birds some sing`, sources: items.map(({ id }) => id) },
      { text: 'out of thin air', sources: [] },
      { text: 'from hearsay', sources: [`nowhere-${asked++}`] },
    ]
    const { log } = await run({ reflect, reflectAfter: 3 }, birds)
    const conclusions = of(log, 'memory-written').flatMap(({ items }) =>
      items.filter(({ kind }) => kind === 'reflection'),
    )
    expect(conclusions.map(({ text }) => text)).toEqual(['of 3 birds some sing', 'of 7 birds some sing'])
    for (const { trust, sources } of conclusions) {
      expect(trust).toBe('untrusted')
      expect(sources.length).toBeGreaterThan(2)
    }
    expect(verdictOf(log)).toMatchObject({ verdict: 'valid' })
    const trusted = await run({ reflect, reflectAfter: 3, trust: 'trusted' }, birds)
    const [first] = of(trusted.log, 'memory-written').flatMap(({ items }) =>
      items.filter(({ kind }) => kind === 'reflection'),
    )
    expect(first?.trust).toBe('trusted')
  })

  it('seed-161: are done without when whoever draws them fails', async () => {
    const { result, log } = await run({ reflect: () => Promise.reject(new Error('no')), reflectAfter: 2 }, birds)
    expect(result).toMatchObject({ status: 'completed' })
    expect(of(log, 'memory-written')).toHaveLength(birds.length)
  })
})

describe('memory beyond a session', () => {
  it('seed-157: brings what one session found worth keeping to another, in the order in which it was kept', async () => {
    const semantic = semanticStore()
    const memory = { semantic, importance: () => 0.9 }
    const { world } = await run(memory, birds)
    const { log, prompts } = await run(memory, ['lark', 'crow'], world, 's2')
    expect(notesIn(prompts[0] ?? [])).toContain('look {"id"')
    const [read] = of(log, 'memory-read')
    const versions = read?.items.map(({ version }) => version) ?? []
    expect(versions.length).toBeGreaterThan(1)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect(read?.items.every(({ text, origin }) => text !== undefined && origin === 'store')).toBe(true)
    expect(verdictOf(log)).toMatchObject({ verdict: 'valid' })
  })

  it('seed-157: does without a store or an embedder that fails, hangs or answers rubbish', async () => {
    const broken: readonly SemanticStore[] = [
      {
        put: () => Promise.reject(new Error('down')),
        search: () => Promise.reject(new Error('down')),
        remove: async () => {},
      },
      { put: () => new Promise(() => {}), search: () => new Promise(() => {}), remove: () => new Promise(() => {}) },
      { put: async () => {}, search: async () => [null, { id: 4 }] as never, remove: async () => {} },
    ]
    for (const semantic of broken) {
      expect((await run({ semantic, importance: () => 0.9 }, birds.slice(0, 3))).result).toMatchObject({
        status: 'completed',
      })
    }
    const embed = () => Promise.reject(new Error('no model'))
    const { result, log } = await run({ embed }, birds)
    expect(result).toMatchObject({ status: 'completed' })
    expect(of(log, 'memory-read').every(({ items }) => items.length === 0)).toBe(true)
  })

  it.each<OperationFault>(['crash-before', 'crash-after', 'lost-before', 'lost-after'])(
    'seed-162: a %s at any operation leaves the same memory, each item once',
    async (how) => {
      const kept = async (world: World) => {
        const semantic = semanticStore()
        for (let life = 0; life < 3; life++) {
          const memory = { semantic, importance: () => 0.9 }
          if ((await world.run(keeper(memory), world.model(...answers(...birds)))) !== 'dead') break
        }
        const items = (await world.logged('memory-written')).flatMap(({ items }) =>
          items.map(({ id, text }) => [id, text]),
        )
        const signal = new AbortController().signal
        const found = await semantic.search({ vector: [], text: '', limit: 99 }, { signal, now: 0 })
        return {
          items,
          stored: found.map(({ id, text }) => [id, text]),
          verdict: verdictOf(await world.log())?.verdict,
        }
      }
      const calm = new World()
      const expected = await kept(calm)
      expect(expected).toMatchObject({ verdict: 'valid' })
      expect(expected.stored).toEqual(expected.items)
      for (let at = 1; at <= calm.operations; at++) {
        const world = new World()
        world.fault = { at, how }
        expect({ at, ...(await kept(world)) }).toEqual({ at, ...expected })
      }
    },
  )
})

describe('procedures', () => {
  it('seed-158: a new version takes effect with the next turn, and the log says when', async () => {
    let version = 1
    const world = new World()
    const agent = keeper({ procedure: () => ({ version: `v${version}`, text: `Rule of version ${version}.` }) })
    const rise = () => {
      version = 2
      return calls('look kite')
    }
    await world.run(agent, world.model(calls('look owl'), rise, say('done')))
    expect(of(await world.log(), 'procedure-loaded')).toMatchObject([
      { turn: 1, version: 'v1' },
      { turn: 3, version: 'v2' },
    ])
    const systems = world.prompts.map(({ messages }) => (messages[0]?.role === 'system' ? messages[0].text : ''))
    expect(systems).toEqual([1, 1, 2].map((number) => `be good\n\nRule of version ${number}.`))
  })

  it('seed-158: one that does not fit its budget is refused, not cut', async () => {
    const agent = keeper({ procedure: () => ({ version: 'long', text: 'word '.repeat(2_000) }) })
    const world = new World()
    await expect(world.run(agent, world.model(say('done')))).rejects.toThrow('exceeds the system budget')
  })
})
