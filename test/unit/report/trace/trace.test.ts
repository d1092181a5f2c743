/** The trace and the metrics of the sample session, event by event. Cites seed-189, 190, 191, 192, 200. */

import { expect, it } from 'vitest'
import type { LogEvent } from '../../../../src/core/event.js'
import { metricsOf } from '../../../../src/report/trace/metrics.js'
import { lengthOf, type Span, traceOf } from '../../../../src/report/trace/span.js'
import { modelEnded, opened, read, runStart, settled } from './sample-log.js'

/** 4 ms of memory, 12 of search, 1,840 of the model, 89 of the tool; then 2,100 of the model. */
const sample: readonly LogEvent[] = [
  runStart(1_000),
  read(1, 'session', 1_004),
  read(1, 'store', 1_016),
  { type: 'context-built', turn: 1, segments: [], tokens: 3_240, limit: 8_000, at: 1_016 },
  { type: 'model-call-start', turn: 1, attempt: 1, at: 1_016 },
  modelEnded(1, 3_240, 187, 2_856),
  opened(1, ['search_knowledge_base'], 2_856),
  {
    type: 'attempt-start',
    call: 't1.c0',
    tool: 'search_knowledge_base',
    attempt: 1,
    key: 'k',
    argsDigest: '',
    deadline: 9_999,
    at: 2_856,
  },
  {
    type: 'attempt-end',
    call: 't1.c0',
    tool: 'search_knowledge_base',
    attempt: 1,
    outcome: 'ok',
    value: 'x',
    at: 2_945,
  },
  settled(1, 0, 'ok', 2_945, 'x'.repeat(2_046)),
  { type: 'batch-commit', turn: 1, results: [], at: 2_945 },
  { type: 'context-built', turn: 2, segments: [], tokens: 6_104, limit: 8_000, at: 2_945 },
  { type: 'model-call-start', turn: 2, attempt: 1, at: 2_945 },
  modelEnded(2, 6_104, 312, 5_045, 'stop'),
  { type: 'run-end', status: 'completed', reason: 'stop', text: 'Found it.', residue: [], at: 5_045 },
]

const told = (span: Span, depth = 0): string =>
  [
    `${'  '.repeat(depth)}${span.name} ${lengthOf(span)}ms`,
    ...span.children.map((child) => told(child, depth + 1)),
  ].join('\n')

it('seed-189: session, turns, assembly with its reads, model calls, tools with their attempts, the response', () => {
  expect(told(traceOf(sample))).toMatchInlineSnapshot(`
    "session 4045ms
      turn 1945ms
        context_assembly 16ms
          episodic_memory_read 4ms
          vector_search 12ms
        llm_call 1840ms
        tool_execution 89ms
          attempt 89ms
      turn 2100ms
        context_assembly 0ms
        llm_call 2100ms
        response_delivered 0ms"
  `)
  const [turn] = traceOf(sample).children
  expect(turn?.children.map(({ attributes }) => attributes)).toMatchInlineSnapshot(`
    [
      {
        "limit": 8000,
        "tokens_input": 3240,
      },
      {
        "attempt": 1,
        "outcome": "ok",
        "stop_reason": "tool-calls",
        "tokens_in": 3240,
        "tokens_out": 187,
      },
      {
        "attempts": 1,
        "call": "t1.c0",
        "input": {},
        "outcome": "ok",
        "result_length": 2048,
        "tool": "search_knowledge_base",
      },
    ]
  `)
})

it('seed-190: total latency 1840 + 2100 + 89 + 4 + 12, total tokens in and out', () => {
  expect(metricsOf(sample)).toMatchObject({
    ...{ totalTurns: 2, totalLatencyMs: 4_045, sessionDurationMs: 4_045, toolCalls: 1, toolErrors: 0 },
    ...{ tokensInput: 9_344, tokensOutput: 499, totalTokens: 9_843, contextPeak: 6_104 },
  })
})

it('seed-191: figures of every turn', () => {
  expect(metricsOf(sample).turns).toEqual([
    {
      ...{ turn: 1, tokensInput: 3_240, tokensOutput: 187, modelLatencyMs: 1_840, toolLatencyMs: 89 },
      ...{ toolCallCount: 1, toolErrorRate: 0, contextUtilization: 0.405 },
    },
    {
      ...{ turn: 2, tokensInput: 6_104, tokensOutput: 312, modelLatencyMs: 2_100, toolLatencyMs: 0 },
      ...{ toolCallCount: 0, toolErrorRate: 0, contextUtilization: 0.763 },
    },
  ])
})

it('seed-192, seed-200: figures of the session: how it ended, how many tools were used, how many calls succeeded', () => {
  const two = [
    runStart(0),
    opened(1, ['find', 'pay', 'pay', 'mail'], 0),
    settled(1, 0, 'ok', 1),
    settled(1, 1, 'unknown', 2),
    settled(1, 2, 'failed', 3),
  ]
  const { toolSuccessRate, toolCallDiversity, goalCompletion, turns } = metricsOf(two)
  expect({ toolSuccessRate, toolCallDiversity, goalCompletion }).toEqual({
    toolSuccessRate: 0.5,
    toolCallDiversity: 3,
    goalCompletion: 'running',
  })
  expect(turns[0]?.toolErrorRate).toBe(0.5)
  expect(metricsOf(sample).goalCompletion).toBe('completed')
  expect(metricsOf([])).toMatchObject({ totalTurns: 0, toolSuccessRate: 1, sessionDurationMs: 0 })
})

it('a clock that starts anew takes no time back: a span that a crash cut goes on behind it', () => {
  const log = [
    runStart(5_000),
    { type: 'model-call-start', turn: 1, attempt: 1, at: 5_100 },
    { type: 'run-resume', epoch: 2, at: 40 },
    modelEnded(1, 1, 1, 240),
  ] as const
  const metrics = metricsOf(log as readonly LogEvent[])
  expect([metrics.sessionDurationMs, metrics.turns[0]?.modelLatencyMs]).toEqual([300, 200])
})
