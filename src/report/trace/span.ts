/** The trace of a run: a tree of spans, folded from its durable log. Telemetry: no check and no decision reads it. */

import type { LogEvent, LogEvents } from '../../core/event.js'
import { canonical, type Json } from '../../core/json.js'
import { mask } from '../../core/mask.js'
import { timeline } from './timeline.js'

export type SpanName =
  | 'session'
  | 'turn'
  | 'context_assembly'
  | 'episodic_memory_read'
  | 'vector_search'
  | 'llm_call'
  | 'tool_execution'
  | 'attempt'
  | 'compensation'
  | 'response_delivered'

export interface Span {
  readonly name: SpanName
  /** Milliseconds since the log begins. */
  readonly start: number
  /** Undefined: the log ends before it does. */
  end: number | undefined
  /** Values of tools only masked; of prompts and answers only sizes. */
  readonly attributes: { [name: string]: Json }
  readonly children: Span[]
}

interface Tree {
  readonly session: Span
  turn: Span | undefined
  /** What is under way, by the path of its operation. */
  readonly open: Map<string, Span>
  /** When the previous event was made: what only leaves one event has lasted since. */
  before: number
}

/** The tree of a log; a log that is not finished gives spans without an end. Pure. */
export function traceOf(log: readonly LogEvent[]): Span {
  const times = timeline(log)
  const session: Span = { name: 'session', start: 0, end: undefined, attributes: {}, children: [] }
  const tree: Tree = { session, turn: undefined, open: new Map(), before: 0 }
  log.forEach((event, index) => {
    const now = times[index] as number
    const grow = growth[event.type] as ((tree: Tree, event: LogEvent, now: number) => void) | undefined
    grow?.(tree, event, now)
    tree.before = now
  })
  return session
}

/** All spans of a name, in order. */
export function spansOf(span: Span, name: SpanName): readonly Span[] {
  return [...(span.name === name ? [span] : []), ...span.children.flatMap((child) => spansOf(child, name))]
}

/** Milliseconds; of what has not ended, none. */
export const lengthOf = ({ start, end = start }: Span): number => end - start

const growth: { [K in keyof LogEvents]?: (tree: Tree, event: LogEvents[K], now: number) => void } = {
  'run-start': ({ session: { attributes } }, { session, agent }) => Object.assign(attributes, { session, agent }),
  'memory-read': (tree, { turn, items }, now) => {
    const name = items.some(({ origin }) => origin === 'store') ? 'vector_search' : 'episodic_memory_read'
    begin(assembly(tree, turn), name, tree.before, { results: items.length }).end = now
  },
  'context-built': (tree, { turn, tokens, limit }) =>
    Object.assign(assembly(tree, turn).attributes, { tokens_input: tokens, limit }),
  'model-call-start': (tree, { turn, attempt }, now) => {
    assembly(tree, turn).end ??= now
    tree.open.set('llm', begin(turnSpan(tree, turn), 'llm_call', now, { attempt }))
  },
  'model-call-end': (tree, { outcome, error, usage, stop }, now) => {
    const { inputTokens: tokens_in, outputTokens: tokens_out } = usage
    const failure = error ? { error: error.class } : {}
    finish(tree, 'llm', now, { outcome, tokens_in, tokens_out, ...(stop ? { stop_reason: stop } : {}), ...failure })
  },
  'batch-open': (tree, { turn, calls }, now) => {
    for (const { call, tool, args, proposed } of calls) {
      const input = mask(args ?? proposed) as Json
      tree.open.set(call, begin(turnSpan(tree, turn), 'tool_execution', now, { call, tool, input }))
    }
  },
  'attempt-start': (tree, { call, attempt }, now) => {
    const parent = tree.open.get(call) ?? tree.session
    tree.open.set(`${call}/a${attempt}`, begin(parent, 'attempt', now, { attempt }))
  },
  'attempt-end': (tree, { call, attempt, outcome, error }, now) =>
    finish(tree, `${call}/a${attempt}`, now, { outcome, ...(error ? { error: error.class } : {}) }),
  'call-rejected': (tree, { call, error }, now) =>
    finish(tree, call, now, { outcome: 'failed', attempts: 0, error: error.class }),
  'call-settled': (tree, { call, outcome, attempts, value, error }, now) => {
    const result = outcome === 'ok' ? { result_length: canonical(value ?? null).length } : {}
    finish(tree, call, now, { outcome, attempts, ...result, ...(error ? { error: error.class } : {}) })
  },
  'compensation-start': (tree, { call, tool, attempt }, now) =>
    tree.open.set(`${call}.undo`, begin(tree.session, 'compensation', now, { call, tool, attempt })),
  'compensation-end': (tree, { call, outcome }, now) => finish(tree, `${call}.undo`, now, { outcome }),
  'run-end': (tree, { status, reason, text }, now) => {
    if (text !== '' && tree.turn) begin(tree.turn, 'response_delivered', now, { length: text.length }).end = now
    for (const path of tree.open.keys()) finish(tree, path, now, {})
    if (tree.turn) tree.turn.end = now
    tree.session.end = now
    Object.assign(tree.session.attributes, { status, reason })
  },
}

function begin(parent: Span, name: SpanName, start: number, attributes: Span['attributes']): Span {
  const span: Span = { name, start, end: undefined, attributes, children: [] }
  parent.children.push(span)
  return span
}

function finish(tree: Tree, path: string, end: number, attributes: Span['attributes']): void {
  const span = tree.open.get(path)
  if (!span) return
  tree.open.delete(path)
  span.end = end
  Object.assign(span.attributes, attributes)
}

/** The turn of that number; the one before ends where the last thing of it ended. */
function turnSpan(tree: Tree, turn: number): Span {
  if (tree.turn?.attributes['turn'] === turn) return tree.turn
  if (tree.turn) tree.turn.end = tree.before
  tree.turn = begin(tree.session, 'turn', tree.before, { turn })
  return tree.turn
}

function assembly(tree: Tree, turn: number): Span {
  const parent = turnSpan(tree, turn)
  const known = parent.children.find(({ name, end }) => name === 'context_assembly' && end === undefined)
  return (
    known ??
    parent.children.find(({ name }) => name === 'context_assembly') ??
    begin(parent, 'context_assembly', tree.before, {})
  )
}
