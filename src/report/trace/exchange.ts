/** A history as spans: the run in each of its lives, every answer of the model, every call, every request. For tools that draw traces; pure. */

import type { AnyEvent, EventOf } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import type { FaultAt } from '../../core/world-event.js'
import { shownText, shownValue } from './shown-value.js'

export interface Exchange {
  readonly kind: 'run' | 'model' | 'tool' | 'request'
  /** Unique in its history. */
  readonly key: string
  /** `refundOrder`, `shop.refund`, the agent. */
  readonly name: string
  /** `agent`, `model`, or the name of a backend. */
  readonly at: string
  readonly start: number
  readonly end: number
  /** The first event of it. */
  readonly seq: number
  /** The key of what it belongs to. */
  readonly parent: string | undefined
  /** The key of the answer that asked for it. */
  readonly cause: string | undefined
  /** `ok`, or what went wrong; `open` where the history ends first. */
  readonly outcome: string
  readonly attributes: Readonly<Record<string, Json>>
  readonly faults: readonly (FaultAt & { readonly vt: number; readonly seq: number })[]
}

type Growing = { -readonly [K in keyof Exchange]: Exchange[K] }

interface Tree {
  readonly all: Growing[]
  readonly open: Map<string, Growing>
  /** Calls that ended in this life of the agent: what is still said of them is part of them. */
  readonly ended: Map<string, Growing>
  readonly met: Map<string, number>
  run: Growing | undefined
  /** The last answer of the model: what it asked for comes after it. */
  answer: Growing | undefined
}

/** In the order in which they began. What is still open at the end lasts until then. */
export function exchangesOf(events: readonly AnyEvent[]): readonly Exchange[] {
  const tree: Tree = { all: [], open: new Map(), ended: new Map(), met: new Map(), run: undefined, answer: undefined }
  for (const event of events) {
    if (!tree.run && event.type !== 'crash') begin(tree, 'run', `run/${event.incarnation}`, event, agentOf(events))
    const grow = growth[event.type] as ((tree: Tree, event: AnyEvent) => void) | undefined
    grow?.(tree, event)
  }
  const end = events.at(-1)?.vt ?? 0
  for (const one of tree.open.values()) one.end = Math.max(one.start, end)
  return tree.all
}

const agentOf = (events: readonly AnyEvent[]): Details => {
  const start = events.find((event) => event.type === 'run-start') as EventOf<'run-start'> | undefined
  return { name: start?.agent ?? 'agent', at: 'agent' }
}

const growth: { [K in AnyEvent['type']]?: (tree: Tree, event: EventOf<K>) => void } = {
  'prompt-received': (tree, event) => {
    const { turn, attempt, messages, tools } = event
    begin(tree, 'model', modelKey(event), event, {
      name: 'scripted',
      at: 'model',
      attributes: { turn, attempt, messages: messages.length, tools: tools.length },
    })
  },
  'model-answered': (tree, event) => {
    const key = modelKey(event)
    if (!tree.open.has(key)) begin(tree, 'model', key, event, { name: 'scripted', at: 'model' })
    const calls = event.calls.map(({ tool }) => shownText(tool, 60))
    const outcome = event.status >= 400 ? `status-${event.status}` : event.complete ? 'ok' : 'cut'
    tree.answer = finish(tree, key, event, outcome, { stop: event.stop, calls }) ?? tree.answer
  },
  'attempt-start': (tree, event) => void toolOf(tree, event),
  'attempt-end': (tree, event) => finish(tree, toolKey(event), event, event.error?.class ?? event.outcome),
  'tool-returned': (tree, event) => {
    toolOf(tree, event).name = event.tool
    finish(tree, toolKey(event), event, event.outcome === 'ok' ? 'ok' : (event.text ?? 'threw').slice(0, 100))
  },
  'request-arrived': (tree, event) => {
    const { call, attempt, backend, operation, kind, input, key } = event
    const tool = call === undefined ? undefined : toolOf(tree, { ...event, call, attempt: attempt ?? 1 })
    begin(tree, 'request', `request/${event.site}`, event, {
      name: `${backend}.${operation}`,
      at: backend,
      parent: tool?.key,
      attributes: { kind, input: shownValue(input), idempotent: key !== undefined },
    })
  },
  'effect-applied': (tree, event) => {
    const request = tree.open.get(`request/${event.site}`)
    if (request) request.attributes = { ...request.attributes, effect: event.effect }
  },
  'request-answered': (tree, event) =>
    finish(tree, `request/${event.site}`, event, event.outcome, { status: event.status }),
  'fault-injected': (tree, { fault, site, detail, vt, seq }) => {
    const bare = site.replace(/@[^@]*$/, '')
    const model = /^model\/t(\d+)\/a(\d+)/.exec(bare)
    const where =
      tree.open.get(`request/${bare}`) ??
      (model ? tree.open.get(`model/${model[1]}/${model[2]}`) : undefined) ??
      tree.run
    if (where) where.faults = [...where.faults, { fault, site, detail, vt, seq }]
  },
  crash: (tree, event) => {
    for (const key of [...tree.open.keys()]) if (!key.startsWith('request/')) finish(tree, key, event, 'crash')
    tree.run = undefined
    tree.ended.clear()
  },
  'run-end': (tree, event) => {
    if (tree.run) finish(tree, tree.run.key, event, event.status === 'completed' ? 'ok' : event.status)
  },
}

interface Details {
  readonly name: string
  readonly at: string
  readonly parent?: string | undefined
  readonly attributes?: Readonly<Record<string, Json>>
}

function begin(tree: Tree, kind: Exchange['kind'], wanted: string, { vt, seq }: AnyEvent, details: Details): Growing {
  const { name, at, parent = tree.run?.key, attributes = {} } = details
  const met = tree.met.get(wanted) ?? 0
  tree.met.set(wanted, met + 1)
  const exchange: Growing = {
    ...{ kind, key: met === 0 ? wanted : `${wanted}~${met}`, name, at, start: vt, end: vt, seq, parent },
    cause: kind === 'tool' ? tree.answer?.key : undefined,
    ...{ outcome: 'open', attributes, faults: [] },
  }
  tree.all.push(exchange)
  tree.open.set(wanted, exchange)
  if (kind === 'run') tree.run = exchange
  return exchange
}

function finish(
  { open, ended }: Tree,
  key: string,
  { vt }: AnyEvent,
  outcome: string,
  attributes: Exchange['attributes'] = {},
): Growing | undefined {
  const exchange = open.get(key)
  if (!exchange) return undefined
  open.delete(key)
  if (exchange.kind === 'tool') ended.set(key, exchange)
  exchange.end = Math.max(exchange.start, vt)
  exchange.outcome = outcome
  exchange.attributes = { ...exchange.attributes, ...attributes }
  return exchange
}

/** An agent of others tells of a call first by its request, our own by its attempt. */
function toolOf(tree: Tree, event: AnyEvent & { call: string; attempt: number; tool?: string }): Growing {
  const key = toolKey(event)
  const known = tree.open.get(key) ?? tree.ended.get(key)
  if (known) return known
  const { call, attempt, tool } = event
  return begin(tree, 'tool', key, event, { name: tool ?? call, at: 'agent', attributes: { call, attempt } })
}

const toolKey = ({ call, attempt }: { call: string; attempt: number }): string => `tool/${call}/a${attempt}`
const modelKey = ({ turn, attempt }: { turn: number; attempt: number }): string => `model/${turn}/${attempt}`
