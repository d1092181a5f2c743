/** What is odd about a session: each detector a fold over its log that fires exactly when its predicate holds. */

import type { Intent, LogEvent, LogEvents } from '../../core/event.js'
import { canonical } from '../../core/json.js'
import { metricsOf } from './metrics.js'

export interface Thresholds {
  /** More turns than this. */
  readonly turns: number
  /** A larger share of calls that did not end ok. */
  readonly toolErrorRate: number
  /** One call, with the same arguments, at least so often. */
  readonly repeats: number
  /** Calls of one tool whose arguments hardly differ, at least so many; and from which likeness on, 0 to 1. */
  readonly similar: number
  readonly similarity: number
  /** Calls that were refused as they made no sense, at least so many. */
  readonly confusion: number
  /** So many turns in a row whose calls share no word with the goal, after some that did. */
  readonly drift: number
  /** A larger share of the window. */
  readonly contextUtilization: number
  /** Cost above `budget`; prices per million tokens. Absent: not watched. */
  readonly cost?: { readonly perInput: number; readonly perOutput: number; readonly budget: number }
}

export const usualThresholds: Thresholds = {
  ...{ turns: 15, toolErrorRate: 0.5, repeats: 3, similar: 4, similarity: 0.8, confusion: 3, drift: 3 },
  contextUtilization: 0.7,
}

export interface Anomaly {
  readonly kind:
    | 'turns'
    | 'error-rate'
    | 'repeated-calls'
    | 'obsession'
    | 'confusion'
    | 'goal-drift'
    | 'context'
    | 'cost'
  /** What was measured, and what it was held against. */
  readonly value: number
  readonly threshold: number
}

/** The anomalies of a log, in a fixed order. Pure. */
export function anomaliesOf(log: readonly LogEvent[], thresholds: Thresholds = usualThresholds): readonly Anomaly[] {
  const metrics = metricsOf(log)
  const calls = log.flatMap((event) => (event.type === 'batch-open' ? event.calls : []))
  const peak = Math.max(0, ...metrics.turns.map(({ contextUtilization = 0 }) => contextUtilization))
  const { cost } = thresholds
  const spent = cost ? (metrics.tokensInput * cost.perInput + metrics.tokensOutput * cost.perOutput) / 1e6 : 0
  const drift = driftOf(log)
  const found: readonly (readonly [Anomaly['kind'], value: number, threshold: number, fires: boolean])[] = [
    ['turns', metrics.totalTurns, thresholds.turns, metrics.totalTurns > thresholds.turns],
    [
      'error-rate',
      1 - metrics.toolSuccessRate,
      thresholds.toolErrorRate,
      metrics.toolErrors > thresholds.toolErrorRate * metrics.toolCalls,
    ],
    least('repeated-calls', mostAlike(calls, 1), thresholds.repeats),
    least('obsession', mostAlike(calls, thresholds.similarity), thresholds.similar),
    least('confusion', log.filter(isConfused).length, thresholds.confusion),
    least('goal-drift', drift, thresholds.drift),
    ['context', peak, thresholds.contextUtilization, peak > thresholds.contextUtilization],
    ['cost', spent, cost?.budget ?? 0, cost !== undefined && spent > cost.budget],
  ]
  return found.flatMap(([kind, value, threshold, fires]) => (fires ? [{ kind, value, threshold }] : []))
}

const least = (kind: Anomaly['kind'], value: number, threshold: number) =>
  [kind, value, threshold, value >= threshold] as const

const isConfused = (event: LogEvent): boolean =>
  event.type === 'call-rejected' && ['invalid-args', 'unknown-tool'].includes(event.error.class)

/** The most calls of one tool that are like one of them. */
function mostAlike(calls: readonly Intent[], similarity: number): number {
  const texts = calls.map(({ tool, args, proposed }) => ({ tool, text: canonical(args ?? proposed) }))
  const alike = texts.map(
    (one) => texts.filter((other) => other.tool === one.tool && likeness(one.text, other.text) >= similarity).length,
  )
  return Math.max(0, ...alike)
}

/** Dice's coefficient over pairs of characters: 1 for equal texts and, as pairs forget their order, for no others. */
export function likeness(one: string, other: string): number {
  if (one === other) return 1
  const pairs = (text: string): string[] =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
  const left = new Map<string, number>()
  for (const pair of pairs(one)) left.set(pair, (left.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of pairs(other)) {
    const count = left.get(pair) ?? 0
    if (count > 0) shared++
    left.set(pair, count - 1)
  }
  return Math.min((2 * shared) / Math.max(1, one.length + other.length - 2), 1 - Number.EPSILON)
}

/** How many turns with calls, up to the last, share no word with the goal; 0 when none ever did. */
function driftOf(log: readonly LogEvent[]): number {
  const start = log.find((event): event is LogEvent & { type: 'run-start' } => event.type === 'run-start')
  const goal = wordsOf(start?.prompt ?? '')
  const touches = ({ calls }: LogEvents['batch-open']): boolean =>
    calls.some(({ args, proposed }) => [...wordsOf(canonical(args ?? proposed))].some((word) => goal.has(word)))
  const turns = log.flatMap((event) => (event.type === 'batch-open' && event.calls.length > 0 ? [touches(event)] : []))
  return turns.includes(true) ? turns.length - 1 - turns.lastIndexOf(true) : 0
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])
