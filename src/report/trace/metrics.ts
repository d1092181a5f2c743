/** Metrics of a turn and of a session: a fold over the trace, and so over the log alone. */

import type { LogEvent, RunStatus } from '../../core/event.js'
import { lengthOf, type Span, spansOf, traceOf } from './span.js'

export interface TurnMetrics {
  readonly turn: number
  readonly tokensInput: number
  readonly tokensOutput: number
  readonly modelLatencyMs: number
  readonly toolLatencyMs: number
  readonly toolCallCount: number
  /** Calls that did not end ok, of all; 0 without calls. */
  readonly toolErrorRate: number
  /** Tokens of the prompt, of those it may have; undefined where no window is declared. */
  readonly contextUtilization: number | undefined
}

export interface SessionMetrics {
  readonly turns: readonly TurnMetrics[]
  readonly totalTurns: number
  readonly tokensInput: number
  readonly tokensOutput: number
  /** In and out. */
  readonly totalTokens: number
  /** What its model calls, its tool calls and its reads of memory took, added up. */
  readonly totalLatencyMs: number
  /** From `run-start` to the end of the log; calls side by side and waits count as they passed. */
  readonly sessionDurationMs: number
  readonly toolCalls: number
  readonly toolErrors: number
  /** Of the calls that settled; 1 without calls. */
  readonly toolSuccessRate: number
  /** Different tools that were called. */
  readonly toolCallDiversity: number
  /** The longest prompt, in tokens. */
  readonly contextPeak: number
  readonly goalCompletion: RunStatus | 'running'
}

/** Pure: the same log, or a prefix of it, always gives the same figures. */
export function metricsOf(log: readonly LogEvent[]): SessionMetrics {
  const session = traceOf(log)
  const turns = spansOf(session, 'turn').map(turnMetrics)
  const calls = spansOf(session, 'tool_execution')
  const errors = calls.filter(isError).length
  const reads = [...spansOf(session, 'episodic_memory_read'), ...spansOf(session, 'vector_search')]
  const [tokensInput, tokensOutput] = [total(turns, 'tokensInput'), total(turns, 'tokensOutput')]
  return {
    turns,
    totalTurns: turns.length,
    tokensInput,
    tokensOutput,
    totalTokens: tokensInput + tokensOutput,
    totalLatencyMs: total(turns, 'modelLatencyMs') + total(turns, 'toolLatencyMs') + sum(reads.map(lengthOf)),
    sessionDurationMs: session.end ?? lastMoment(session),
    toolCalls: calls.length,
    toolErrors: errors,
    toolSuccessRate: calls.length === 0 ? 1 : (calls.length - errors) / calls.length,
    toolCallDiversity: new Set(calls.map(({ attributes }) => attributes['tool'])).size,
    contextPeak: Math.max(0, ...spansOf(session, 'llm_call').map((span) => figure(span, 'tokens_in'))),
    goalCompletion: (session.attributes['status'] as RunStatus | undefined) ?? 'running',
  }
}

function turnMetrics(turn: Span): TurnMetrics {
  const models = spansOf(turn, 'llm_call')
  const calls = spansOf(turn, 'tool_execution')
  const prompt = spansOf(turn, 'context_assembly').find(({ attributes }) => attributes['limit'] !== undefined)
  return {
    turn: figure(turn, 'turn'),
    tokensInput: sum(models.map((span) => figure(span, 'tokens_in'))),
    tokensOutput: sum(models.map((span) => figure(span, 'tokens_out'))),
    modelLatencyMs: sum(models.map(lengthOf)),
    toolLatencyMs: sum(calls.map(lengthOf)),
    toolCallCount: calls.length,
    toolErrorRate: calls.length === 0 ? 0 : calls.filter(isError).length / calls.length,
    contextUtilization: prompt && figure(prompt, 'tokens_input') / figure(prompt, 'limit'),
  }
}

/** Settled otherwise than ok: what is still under way is no error. */
const isError = ({ attributes }: Span): boolean => attributes['outcome'] !== undefined && attributes['outcome'] !== 'ok'

const figure = ({ attributes }: Span, name: string): number => (attributes[name] as number | undefined) ?? 0
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
const total = (
  turns: readonly TurnMetrics[],
  name: 'tokensInput' | 'tokensOutput' | 'modelLatencyMs' | 'toolLatencyMs',
) => sum(turns.map((turn) => turn[name]))
const lastMoment = (span: Span): number => Math.max(span.end ?? span.start, ...span.children.map(lastMoment))
