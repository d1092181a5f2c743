/** What can be seen of a run, under faults and crashes: and that looking changes nothing. Cites seed-12, 24, 54, 189 to 200. */

import { describe, expect, it } from 'vitest'
import { withParts } from '../../src/agent/agent.js'
import { replayPrompt } from '../../src/agent/trace/replay.js'
import { digest } from '../../src/core/digest.js'
import type { AnyEvent, LogEvent } from '../../src/core/event.js'
import type { LogLine, Sink } from '../../src/core/sink.js'
import { presetOf } from '../../src/explore/preset.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import { metricsOf } from '../../src/report/trace/metrics.js'
import { lengthOf, type Span, spansOf, traceOf } from '../../src/report/trace/span.js'
import type { Scenario } from '../../src/scenario/define-scenario.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { sinkFaults } from '../../src/sim/fault/observability.js'
import { keepsAll } from '../keeps-all.js'
import { cardToken, cashier, observed } from '../mutant/scenarios/observed.js'

const storm = (scenario: Scenario, index: number) =>
  runTrial(scenario, {
    source: openSource(scenario.name, stormJob('observability', presetOf('stormy'), index)),
    keepGoing: true,
  })

const indices = Array.from({ length: 60 }, (_, index) => index + 1)

/** The durable log, as far as the store has it: the events that say when they were made. */
const logOf = (events: readonly AnyEvent[]): readonly LogEvent[] =>
  events.filter((event) => 'at' in event) as unknown as readonly LogEvent[]

describe('an observed agent', () => {
  it('seed-24, seed-54, seed-196: keeps every promise in every single fault and storm, its logs included', async () => {
    await keepsAll(observed('watched'), { trials: 150, seed: 3 })
  })

  it('seed-24, seed-54, seed-196: puts the checks of its logs to the test', async () => {
    const arose: Record<string, number> = {}
    for (const index of indices) {
      for (const verdict of (await storm(observed('watched'), index)).verdicts) {
        arose[verdict.invariant] = (arose[verdict.invariant] ?? 0) + verdict.arose
      }
    }
    for (const name of ['trace-fidelity', 'attempt-auditable', 'secret-redaction', 'fault-accounting']) {
      expect(arose[name], name).toBeGreaterThan(0)
    }
  })
})

describe('observer-neutrality', () => {
  const silent = { name: 'silent', log: () => undefined }
  const observers: Record<string, readonly Sink[]> = {
    on: [silent, { ...silent, name: 'prompts', content: 'all' }],
    throwing: [
      {
        name: 'throwing',
        log: () => {
          throw new Error('the disk is full')
        },
      },
    ],
    slow: [{ name: 'slow', log: () => new Promise(() => {}) }],
    rejecting: [{ name: 'rejecting', log: () => Promise.reject(new Error('no route')) }],
    meddling: [
      {
        name: 'meddling',
        log: (line: LogLine) => {
          Object.assign(line, { text: cardToken, session: '' })
          return Object.create(null)
        },
      },
      silent,
    ],
  }

  /** Sinks misbehave as each case has it, and not by chance as well; a wall clock is struck where a sink shows its time. */
  const sinkFaultNames = [...sinkFaults.map(({ name }) => name), 'clock/jump', 'clock/skew']

  /** Outcome, ledger and history, without what the sinks themselves left there. */
  async function seen(sinks: readonly Sink[], index: number, change?: Parameters<typeof observed>[1]) {
    const { status, reason, ending, events, decisions } = await storm(
      observed('watched', change, sinks, sinkFaultNames),
      index,
    )
    const history = events.filter(({ type }) => type !== 'line-logged').map(({ seq: _, ...event }) => event)
    return { status, reason, ending, decisions: decisions.map(({ label }) => label), history }
  }

  it.each(Object.keys(observers))('a sink that is %s changes no outcome, no effect and no event', async (kind) => {
    for (const index of indices.slice(0, 30)) {
      expect(await seen(observers[kind] ?? [], index)).toEqual(await seen([], index))
    }
  })

  it('is what a runtime breaks that lets the exception of a sink through', async () => {
    const leaky: Parameters<typeof observed>[1] = (agent) =>
      withParts(agent, { tell: (sink, line) => void sink.log(line) })
    const [throwing, off] = [await seen(observers['throwing'] ?? [], 1, leaky), await seen([], 1, leaky)]
    expect(throwing.status).not.toBe(off.status)
  })
})

describe('the trace of a run', () => {
  it('seed-189, seed-12: is one tree under crashes and faults: what started ends, inside its parent', async () => {
    for (const index of indices) {
      const { events, status } = await storm(observed('watched'), index)
      const log = logOf(events)
      if (!log.some(({ type }) => type === 'run-end')) continue
      const inside = (parent: Span): void => {
        expect(parent.end, `${parent.name} in storm ${index}, ${status}`).toBeDefined()
        for (const child of parent.children) {
          expect(child.start).toBeGreaterThanOrEqual(parent.start)
          expect(child.end).toBeLessThanOrEqual(parent.end as number)
          inside(child)
        }
      }
      const session = traceOf(log)
      inside(session)
      const attempts = spansOf(session, 'attempt').length
      expect(attempts).toBe(log.filter(({ type }) => type === 'attempt-start').length)
    }
  })

  it('seed-197: a call lasts as long as its attempts and the waits between them', async () => {
    const { events } = await runTrial(observed('watched'), {
      source: openSource('watched', {
        origin: 'fresh',
        index: 1,
        source: { kind: 'replay', decisions: [['till.pay#t1.c0/a1', 'tool/error']] },
      }),
    })
    const [call] = spansOf(traceOf(logOf(events)), 'tool_execution')
    const attempts = call?.children ?? []
    expect(attempts.map(({ attributes }) => attributes['outcome'])).toEqual(['failed', 'ok'])
    for (const attempt of attempts) expect(lengthOf(attempt)).toBeLessThan(200)
    expect(lengthOf(call as Span)).toBeGreaterThan(1_000 + attempts.map(lengthOf).reduce((sum, one) => sum + one, 0))
  })

  it('seed-190, seed-200: gives metrics that equal a count of the log', async () => {
    for (const index of indices) {
      const log = logOf((await storm(observed('watched'), index)).events)
      const metrics = metricsOf(log)
      const ended = log.filter((event) => event.type === 'model-call-end')
      const settled = log.filter((event) => event.type === 'call-settled' || event.type === 'call-rejected')
      const bad = settled.filter((event) => event.type === 'call-rejected' || event.outcome !== 'ok')
      expect(metrics.tokensInput).toBe(ended.reduce((sum, { usage }) => sum + usage.inputTokens, 0))
      expect(metrics.totalTokens - metrics.tokensInput).toBe(
        ended.reduce((sum, { usage }) => sum + usage.outputTokens, 0),
      )
      expect(metrics.toolErrors).toBe(bad.length)
      expect(metrics.goalCompletion).toBe(log.find((event) => event.type === 'run-end')?.status ?? 'running')
    }
  })

  it('seed-199: the prompt of every turn can be replayed from the log, and has the digest of what the model received', async () => {
    let compared = 0
    const agent = cashier({ till: undefined as never }, [])
    for (const index of indices) {
      const { events } = await storm(observed('watched'), index)
      for (const event of events) {
        if (event.type !== 'prompt-received') continue
        const log = logOf(events)
        if (!log.some((one) => one.type === 'model-call-start' && one.turn === event.turn)) continue
        expect(digest(replayPrompt(agent, log, event.turn))).toBe(digest(event.messages))
        compared++
      }
    }
    expect(compared).toBeGreaterThan(100)
  })
})
