/** How long the simulator's own model and services take when nothing is slow: as long as those that agents meet. */

import { defineScenario } from 'stormproof'
import { expect, it } from 'vitest'
import { z } from 'zod'
import research from '../../scenarios/research.scenario.js'
import { defineAgent } from '../../src/agent/agent.js'
import { defineTool } from '../../src/agent/tool.js'
import type { AnyEvent, LogEvent } from '../../src/core/event.js'
import type { AskOptions, SemanticStore } from '../../src/core/memory.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { semanticStore } from '../../src/platform/semantic-store.js'
import { lengthOf, spansOf, traceOf } from '../../src/report/trace/span.js'
import { runTrial } from '../../src/scenario/run-trial.js'

/** The durable log: the events that say when they were made. */
const logOf = (events: readonly AnyEvent[]): readonly LogEvent[] =>
  events.filter((event) => 'at' in event) as unknown as readonly LogEvent[]

it('seed-16: on a calm day a model call takes 1 to 10 s, a tool 10 ms to 5 s', async () => {
  const { events, status } = await runTrial(research, { source: replaySource([]), calm: true })
  expect(status).toBe('completed')
  const trace = traceOf(logOf(events))
  const models = spansOf(trace, 'llm_call').map(lengthOf)
  const tools = spansOf(trace, 'tool_execution').flatMap(({ children }) => children.map(lengthOf))
  console.log(
    models.length,
    tools.length,
    lengthOf(trace),
    events.filter((e: any) => e.type === 'model-call-end').map((e: any) => e.usage),
  )
  expect(models.length).toBeGreaterThan(9)
  expect(tools.length).toBeGreaterThan(9)
  for (const ms of models) {
    expect(ms).toBeGreaterThanOrEqual(1_000)
    expect(ms).toBeLessThanOrEqual(10_000)
  }
  for (const ms of tools) {
    expect(ms).toBeGreaterThanOrEqual(10)
    expect(ms).toBeLessThanOrEqual(5_000)
  }
})

it('seed-155: what outlives a session is 10 to 100 ms away, here a little more, there a little less', async () => {
  const distances: number[] = []
  const kept = semanticStore()
  const epochMs = Date.UTC(2026, 0, 5, 9)
  const measured =
    <W, R>(operate: (what: W, options: AskOptions) => R) =>
    (what: W, options: AskOptions): R => {
      distances.push(Date.now() - epochMs - options.now)
      return operate(what, options)
    }
  const semantic: SemanticStore = {
    put: measured(kept.put),
    search: measured(kept.search),
    remove: measured(kept.remove),
  }
  const look = defineTool({
    name: 'look',
    description: 'look',
    effect: 'read',
    input: z.object({ at: z.string() }),
    output: z.object({ found: z.string() }),
    execute: async ({ at }) => ({ found: `${at} is there` }),
  })
  const keeper = defineScenario({
    name: 'keeper',
    backends: {},
    agent: () =>
      defineAgent({
        name: 'keeper',
        instructions: 'Look around.',
        tools: [look],
        memory: { semantic, importance: () => 0.9, ttlMs: 1_500 },
      }),
    prompt: 'Look around.',
    model: ({ call, say }) => [...['sea', 'sky', 'sun', 'moon'].map((at) => call('look', { at })), say('All there.')],
  })
  const { events, status, problems } = await runTrial(keeper, { source: replaySource([]), calm: true })
  expect({ status, problems }).toEqual({ status: 'completed', problems: [] })
  expect(events.filter(({ type }) => type === 'memory-stored').length).toBeGreaterThan(2)
  expect(distances.length).toBeGreaterThan(8)
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(10)
  expect(Math.max(...distances)).toBeLessThanOrEqual(100)
  expect(new Set(distances).size).toBeGreaterThan(4)
})

it('seed-16: ten turns with about 100,000 tokens of prompts take 30 to 120 s, all of it shown', async () => {
  const page = defineTool({
    name: 'page',
    description: 'Read a page',
    effect: 'read',
    input: z.object({ number: z.int() }),
    output: z.object({ text: z.string() }),
    execute: async ({ number }) => ({ text: `page ${number}: ${'and so it went on. '.repeat(340)}` }),
  })
  const typical = defineScenario({
    name: 'typical',
    backends: {},
    agent: () =>
      defineAgent({
        name: 'reader',
        instructions: 'Read.',
        tools: [page],
        context: { windowTokens: 200_000, budgets: { toolResults: 50_000 } },
      }),
    prompt: 'Read nine pages.',
    model: ({ call, say }) => [...Array.from({ length: 9 }, (_, at) => call('page', { number: at + 1 })), say('Read.')],
  })
  const calm = await runTrial(typical, { source: replaySource([]), calm: true, keepSites: true })
  // Of a model call the store takes 5 ms.
  const waits = (calm.visited ?? []).filter(({ label, kind }) => kind === 'time' && label.startsWith('model/'))
  const paces = waits.map(({ label }, at): [string, string] => [label, at % 2 === 0 ? 'x8' : 'x2'])
  const { events, status, reason } = await runTrial(typical, { source: replaySource(paces) })
  expect({ status, reason }).toEqual({ status: 'completed', reason: 'stop' })
  const trace = traceOf(logOf(events))
  const models = spansOf(trace, 'llm_call').map(lengthOf)
  expect(models).toHaveLength(10)
  expect([Math.min(...models), Math.max(...models)]).toEqual([2_005, 8_005])
  expect(lengthOf(trace)).toBeGreaterThanOrEqual(30_000)
  expect(lengthOf(trace)).toBeLessThanOrEqual(120_000)
  const prompts = logOf(events).flatMap((event) => (event.type === 'context-built' ? [event.tokens] : []))
  const tokens = prompts.reduce((sum, one) => sum + one, 0)
  expect(prompts).toHaveLength(10)
  expect(tokens).toBeGreaterThan(80_000)
  expect(tokens).toBeLessThan(120_000)
  expect(events.filter(({ type }) => type === 'context-compacted' || type === 'retry-scheduled')).toEqual([])
})
