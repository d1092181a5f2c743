/** How long the simulator's own model and services take when nothing is slow: as long as those that agents meet. */

import { expect, it } from 'vitest'
import research from '../../scenarios/research.scenario.js'
import type { AnyEvent, LogEvent } from '../../src/core/event.js'
import { replaySource } from '../../src/explore/replay-source.js'
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
