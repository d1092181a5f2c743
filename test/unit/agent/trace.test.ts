/** Lines, correlation, looking back, and what a run costs in time. Cites seed-92, 109, 195, 198, 199. */

import { describe, expect, it } from 'vitest'
import { withParts } from '../../../src/agent/agent.js'
import { runSession } from '../../../src/agent/run-session.js'
import { inspect, replayPrompt } from '../../../src/agent/trace/replay.js'
import { digest, hash32 } from '../../../src/core/digest.js'
import { forkAt } from '../../../src/core/fork.js'
import type { LogLine, Sink } from '../../../src/core/sink.js'
import { type ToolContext, ToolFailure } from '../../../src/core/tool.js'
import { metricsOf } from '../../../src/report/trace/metrics.js'
import { agentOf, calls, say, World } from './small-world.js'

const order = [calls('charge A', 'reserve B'), calls('mail C'), say('done')] as const

const shop = (world: World) => agentOf([world.tool('charge'), world.tool('reserve'), world.tool('mail')])

/** Runs the order with one sink more. */
async function linesOf(sink: Partial<Sink> = {}, world = new World(), agent = shop(world)) {
  const lines: LogLine[] = []
  const result = await world.run(
    { ...agent, sinks: [{ name: 'memory', ...sink, log: (line) => lines.push(line) }] },
    world.model(...order),
  )
  return { world, result, lines, text: lines.map((line) => line.text).join('\n') }
}

describe('seed-195: what a sink is shown of prompts and answers', () => {
  it('is how many tokens they have, by default', async () => {
    const { text } = await linesOf()
    expect(text).toContain('tokens_in=10 tokens_out=5')
    expect(text).not.toContain('be good')
  })

  it('is every n-th, without people, where it samples; every one where it is a store for audits', async () => {
    const ofMail = (world: World) => ({ ...shop(world), instructions: 'Write to ann@shop.example, api_key=abc123.' })
    const worlds = [new World(), new World()] as const
    const sampled = await linesOf({ content: 'sampled', sampleEvery: 2 }, worlds[0], ofMail(worlds[0]))
    const audited = await linesOf({ content: 'all' }, worlds[1], ofMail(worlds[1]))
    const prompts = (lines: readonly LogLine[]) => lines.filter((line) => line.text.startsWith('prompt'))
    expect(prompts(sampled.lines)).toHaveLength(2)
    expect(sampled.text).toContain('Write to [e-mail], api_key=***')
    expect(prompts(audited.lines)).toHaveLength(3)
    expect(audited.text).toContain('Write to ann@shop.example, api_key=***')
  })

  it('expires when the sink says so', async () => {
    const { lines } = await linesOf({ retainMs: 1_000 })
    expect(lines.length).toBeGreaterThan(0)
    for (const { wall, expiresAt } of lines) expect(expiresAt).toBe(wall + 1_000)
  })

  it('counts what other sinks failed to take', async () => {
    const world = new World()
    const lines: string[] = []
    const sinks: readonly Sink[] = [
      {
        name: 'full',
        log: () => {
          throw new Error('full')
        },
      },
      { name: 'memory', log: ({ text }) => lines.push(text) },
    ]
    await world.run({ ...shop(world), sinks }, world.model(say('done')))
    expect(lines.at(-1)).toMatch(/tool_errors=0 sink_failures=\d+$/)
  })
})

describe('seed-198: correlation', () => {
  it('a tool is given the ids of its line, the same in all its attempts and after a crash', async () => {
    const seen: (readonly [string, string | undefined])[] = []
    const world = new World()
    world.fault = { at: 8, how: 'crash-after' }
    const flaky = world.tool('charge', { answer: (attempt) => (attempt === 1 ? new ToolFailure('busy') : 100) })
    const execute = (input: { id: string }, context: ToolContext) => {
      seen.push([context.call, context.traceparent])
      return flaky.execute(input, context)
    }
    const agent = agentOf([{ ...flaky, execute }])
    const script = world.model(calls('charge A'), say('done'))
    const lines: LogLine[] = []
    const observed = { ...agent, sinks: [{ name: 'memory', log: (line: LogLine) => lines.push(line) }] }
    if ((await world.run(observed, script)) === 'dead') await world.run(observed, script)
    expect(seen.length).toBeGreaterThan(1)
    const [first] = seen
    expect(first?.[1]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    for (const one of seen) expect(one).toEqual(first)
    const line = lines.find(({ call, text }) => call === 't1.c0' && text.includes(' args='))
    expect(line?.traceparent).toBe(first?.[1])
    expect(new Set(lines.map(({ traceparent }) => traceparent.slice(3, 35))).size).toBe(1)
  })

  it('a run becomes part of the trace of its caller; a header that is not well formed is ignored', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const start = async (traceparent: string) => {
      const world = new World()
      let given = ''
      const tool = world.tool('charge')
      const execute = (input: { id: string }, context: ToolContext) => {
        given = context.traceparent ?? ''
        return tool.execute(input, context)
      }
      const random = { below: (label: string, bound: number) => hash32(label) % bound }
      const ports = {
        clock: world.clock(),
        random,
        store: world.storePort(),
        model: world.model(calls('charge A'), say('done')),
      }
      await world.settle(
        runSession(agentOf([{ ...tool, execute }]), { session: 's1', prompt: 'go', traceparent }, ports),
      )
      return given.split('-')
    }
    expect((await start(`00-${trace}-00f067aa0ba902b7-01`))[1]).toBe(trace)
    expect((await start(`00-${trace}`))[1]).not.toBe(trace)
  })
})

describe('seed-199: looking back into a log', () => {
  it('replays the prompt of every turn, digest for digest', async () => {
    const { world } = await linesOf()
    const log = await world.log()
    for (const { turn, messages } of world.prompts) {
      expect(digest(replayPrompt(shop(world), log, turn))).toBe(digest(messages))
    }
    expect(world.prompts).toHaveLength(3)
    expect(() => replayPrompt(shop(world), log, 4)).toThrow('the log has no turn 4')
  })

  it('forks at a turn: with nothing changed it ends alike, with another model or other instructions it goes its own way', async () => {
    const { world, result } = await linesOf()
    const log = await world.log()
    const fork = async (session: string, change: { instructions?: string }, ...script: Parameters<World['model']>) => {
      const events = forkAt(log, 2, { session, ...change })
      const { version, epoch } = await world.store.open(session)
      await world.store.append(session, { version, epoch }, events)
      const before = world.prompts.length
      const ended = await world.run(shop(world), world.model(...script), session)
      return { ended, prompts: world.prompts.slice(before) }
    }
    const same = await fork('same', {}, ...order)
    expect(same.ended).toEqual(result)
    expect(same.prompts.map(({ turn }) => turn)).toEqual([2, 3])
    expect(digest(same.prompts[0]?.messages)).toBe(digest(replayPrompt(shop(world), log, 2)))
    const other = await fork('other', { instructions: 'be brief' }, order[0], say('no mail'))
    expect(other.ended).toMatchObject({ status: 'completed', text: 'no mail' })
    expect(other.prompts[0]?.messages[0]).toEqual({ role: 'system', text: 'be brief' })
    expect(await world.log()).toEqual(log)
  })

  it('inspects where a run stands, at any prefix of its log', async () => {
    const world = new World()
    const mute = world.tool('charge', { answer: () => 40_000, idempotency: 'none' })
    const agent = agentOf([mute, world.tool('mail')])
    await world.run(agent, world.model(calls('charge A', 'mail B'), say('done')))
    const log = await world.log()
    const opened = log.findIndex(({ type }) => type === 'batch-open')
    expect(inspect(agent, [])).toMatchObject({ status: 'not-started', turn: 0 })
    expect(inspect(agent, log.slice(0, opened + 1))).toMatchObject({
      status: 'running',
      turn: 1,
      openCalls: ['t1.c0', 't1.c1'],
      inDoubt: [],
    })
    expect(inspect(agent, log)).toMatchObject({ session: 's1', openCalls: [], inDoubt: ['t1.c0'], tokens: 30 })
  })
})

describe('what a run costs in time', () => {
  const turns = 10
  const script = [...Array.from({ length: turns - 1 }, (_, turn) => calls(`charge ${turn}`)), say('done')]

  /** A run of ten turns in a world as slow as told. */
  async function measured({
    modelMs = 1_000,
    toolMs = 100,
    storeMs = 5,
  }: {
    modelMs?: number
    toolMs?: number
    storeMs?: number
  }) {
    const world = new World()
    const { store } = world
    const slowly = <T>(value: Promise<T>): Promise<T> => world.wait(storeMs).then(() => value)
    world.storePort = () => ({
      ...store,
      open: (session) => slowly(store.open(session)),
      append: (...request) => slowly(store.append(...request)),
    })
    const usage = { inputTokens: 9_500, outputTokens: 500 }
    const model = {
      '~model': true as const,
      answer: ({ turn }: { turn: number }) => world.wait(modelMs).then(() => ({ ...script[turn - 1]!, usage })),
    }
    await world.run(agentOf([world.tool('charge', { answer: () => toolMs })]), model)
    const log = await world.log()
    return { log, metrics: metricsOf(log) }
  }

  it.each([
    { modelMs: 3_000, toolMs: 10 },
    { modelMs: 5_000, toolMs: 1_000 },
    { modelMs: 8_000, toolMs: 4_000 },
  ])(
    'latency profile seed-realistic: ten turns with $modelMs ms a model call take 30 to 120 s and 100,000 tokens',
    async (profile) => {
      const { metrics } = await measured(profile)
      expect(metrics).toMatchObject({ totalTurns: turns, totalTokens: 100_000, goalCompletion: 'completed' })
      expect(metrics.sessionDurationMs).toBeGreaterThanOrEqual(30_000)
      expect(metrics.sessionDurationMs).toBeLessThanOrEqual(120_000)
      for (const turn of metrics.turns) expect(Math.abs(turn.modelLatencyMs - profile.modelMs)).toBeLessThan(50)
    },
  )

  it('seed-92: state outside the process costs one round trip an append: 20 ms × 10 turns = 200 ms for each append of a turn', async () => {
    const [near, far] = [await measured({ storeMs: 1 }), await measured({ storeMs: 21 })]
    const cost = far.metrics.sessionDurationMs - near.metrics.sessionDurationMs
    const appends = new Set(near.log.map(({ at }) => at)).size - 1
    expect(cost).toBe(20 * appends)
    expect(cost / (20 * turns)).toBeGreaterThan(1)
  })
})

it('seed-109: a refusal of the breaker is told to the model with the seconds it lasts', async () => {
  const world = new World()
  const down = world.tool('charge', { answer: () => new ToolFailure('503 Service Unavailable') })
  await world.run(agentOf([down]), world.model(calls('charge A'), calls('charge B'), say('sorry')))
  const settled = await world.logged('call-settled')
  expect(settled.map(({ error }) => error?.text)).toEqual([
    '503 Service Unavailable',
    'Circuit open - service unavailable (resets in 29s)',
  ])
  expect(world.requests).toHaveLength(3)
})

it('a part that is replaced decides what sinks see', async () => {
  const world = new World()
  const { text } = await linesOf({}, world, withParts(shop(world), { mask: () => 'nothing' }))
  expect(new Set(text.split('\n'))).toEqual(new Set(['nothing']))
})
