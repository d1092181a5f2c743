/** What prompts show of the conversation: a fold of the log, like all state of a run. */

import { messageTokens, resultTokens } from '../../core/estimate.js'
import type { LogEvents } from '../../core/event.js'
import type { MemoryItem, Procedure, ReadItem } from '../../core/memory.js'
import type { Message, ToolResult } from '../../core/message.js'
import type { ContextPolicy } from '../../core/prompt.js'
import type { Rules } from '../parts.js'
import type { RunState } from '../state.js'

/** Head of every conversation: instructions and goal. */
export const headLength = 2
const mostScale = 2_000

/** Folds replace what is small and never change it in place: a prompt is planned on a shallow copy. */
export class ContextState {
  /** The conversation so far, behind instructions and goal; nothing leaves it. `scanned`: messages that are in it. */
  readonly units: Unit[] = []
  scanned = headLength
  /** Call by provider id. */
  readonly calls = new Map<string, string>()
  stubbed: ReadonlySet<string> = new Set()
  retracted: ReadonlyMap<string, string> = new Map()
  /** Prompts show the units from here on, and the earlier ones that are pinned. */
  from = 0
  pinned: readonly number[] = []
  dropped = 0
  summary: string | undefined
  documents: readonly (ReadItem & { readonly text: string })[] = []
  procedure: Procedure | undefined
  /** Estimate of the last prompt, and what the model counts for a thousand of such tokens: the window shrinks by it. */
  estimated = 0
  scale = 1_000
  /** The turn whose prompt was refused as too long, and the one that was compacted for it: its next refusal is the last. */
  refusedTurn = 0
  mendedTurn = 0
  isExhausted = false
  /** What memory and summaries say stands in fences. */
  isMarked = false
  /** Items of this session by id, in the order of their commits; those the store lacks; the texts it has shown. */
  readonly items = new Map<string, MemoryItem>()
  readonly unstored = new Set<string>()
  readonly read = new Map<string, string>()
  lastVersion = 0
  /** Items since the last reflection. */
  unreflected = 0
}

export type WithContext = Pick<RunState, 'context'>

export function openContext(state: WithContext, { agent }: Rules): void {
  if (!agent.context) return
  state.context = new ContextState()
  state.context.isMarked = agent.guards?.marking === true
}

type Handler<K extends keyof LogEvents> = (state: WithContext, event: LogEvents[K]) => void

const on =
  <K extends keyof LogEvents>(take: (context: ContextState, event: LogEvents[K]) => void): Handler<K> =>
  ({ context }, event) => {
    if (context) take(context, event)
  }

export const contextHandlers = {
  'context-built': on<'context-built'>((context, { tokens }) => {
    context.estimated = tokens
  }),
  'context-warned': on<'context-warned'>(() => {}),
  'context-compacted': on<'context-compacted'>((context, event) => {
    context.from = event.from
    context.pinned = event.pinned
    context.dropped = event.dropped
    context.stubbed = new Set(event.stubbed)
    context.summary = event.summary ?? context.summary
    context.isExhausted = event.exhausted
    if (event.refused) context.mendedTurn = event.turn
  }),
  'result-retracted': on<'result-retracted'>((context, { id, reason, summarised }) => {
    context.retracted = new Map(context.retracted).set(id, reason)
    if (summarised) context.summary = undefined
  }),
  'procedure-loaded': on<'procedure-loaded'>((context, { version, text }) => {
    context.procedure = { version, text }
  }),
  'memory-read': on<'memory-read'>((context, { items }) => {
    for (const { id, text } of items) if (text !== undefined) context.read.set(id, text)
    const textOf = (id: string): string => context.items.get(id)?.text ?? context.read.get(id) ?? ''
    context.documents = items.map((item) => ({ text: textOf(item.id), ...item }))
  }),
  'memory-written': on<'memory-written'>((context, { items }) => {
    for (const item of items) {
      context.items.set(item.id, item)
      context.lastVersion = item.version
      context.unreflected = item.kind === 'reflection' ? 0 : context.unreflected + 1
      if (item.tier === 'semantic') context.unstored.add(item.id)
    }
  }),
  'memory-stored': on<'memory-stored'>((context, { ids }) => {
    for (const id of ids) context.unstored.delete(id)
  }),
  'memory-expired': on<'memory-expired'>((context, { ids }) => {
    for (const id of ids) {
      context.items.delete(id)
      context.read.delete(id)
      context.unstored.delete(id)
    }
    context.documents = context.documents.filter(({ id }) => !ids.includes(id))
  }),
}

/** Which call an id of the conversation stands for. */
export function noteCommit(state: WithContext, { results }: LogEvents['batch-commit']): void {
  if (state.context) for (const { id, call } of results) state.context.calls.set(id, call)
}

/** A refusal for length is remembered by turn; usage teaches how far the estimate is off. */
export function noteModelCall({ context }: WithContext, event: LogEvents['model-call-end']): void {
  if (!context) return
  if (event.error?.class === 'context-length') context.refusedTurn = event.turn
  if (event.outcome !== 'ok' || context.estimated === 0) return
  const scale = Math.ceil((event.usage.inputTokens * 1_000) / context.estimated)
  context.scale = Math.min(mostScale, Math.max(context.scale, scale))
}

/** Takes in what the conversation has gained. */
export function scan(context: ContextState, messages: readonly Message[], { agent, parts }: Rules): void {
  if (context.scanned === messages.length || !agent.context) return
  for (const unit of parts.unitsOf(messages.slice(context.scanned))) context.units.push(measure(unit, agent.context))
  context.scanned = messages.length
}

/** The units that prompts show, oldest first. */
export function shownUnits({ from, pinned, units }: Pick<ContextState, 'from' | 'pinned' | 'units'>): number[] {
  const shown = [...pinned]
  for (let index = from; index < units.length; index++) shown.push(index)
  return shown
}

export const resultsOf = ({ units }: Pick<ContextState, 'units'>, indexes: readonly number[]): readonly ShownResult[] =>
  indexes.flatMap((index) => units[index]?.results ?? [])

/** The results in them. */
export const shownResults = (context: ContextState): readonly ShownResult[] => resultsOf(context, shownUnits(context))

export interface ShownResult {
  readonly result: ToolResult
  readonly tokens: number
}

export interface Unit {
  readonly messages: readonly Message[]
  /** Tokens without the results. */
  readonly tokens: number
  readonly calls: number
  readonly results: readonly ShownResult[]
  /** Never let go: it holds a result tagged `persistent`, or one of unknown outcome, which must not be forgotten. */
  readonly isPinned: boolean
}

/** What decides how results look. */
export type Sight = Readonly<Pick<ContextState, 'stubbed' | 'retracted'>>

/** An assistant message goes with the results behind it; any other message stands alone. */
export function unitsOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const units: Message[][] = []
  for (const message of messages) {
    if (message.role === 'tool' && units.length > 0) units.at(-1)?.push(message)
    else units.push([message])
  }
  return units
}

function measure(messages: readonly Message[], { tags }: ContextPolicy): Unit {
  const results = messages.flatMap((message) => (message.role === 'tool' ? message.results : []))
  return {
    messages,
    tokens: messages.reduce((sum, message) => sum + messageTokens(message), 0),
    calls: messages.reduce((sum, message) => sum + (message.role === 'assistant' ? message.calls.length : 0), 0),
    results: results.map((result) => ({ result, tokens: resultTokens(result.content) })),
    isPinned: results.some(({ tool, outcome }) => tags[tool] === 'persistent' || outcome === 'unknown'),
  }
}

/** The text in a result's place; undefined when the result itself is shown. `isPast`: the model has answered to it. */
function standIn(shown: ShownResult, sight: Sight, { tags }: ContextPolicy, isPast: boolean): string | undefined {
  const { id, tool } = shown.result
  const reason = sight.retracted.get(id)
  if (reason !== undefined) return `[this result of ${tool} was withdrawn: ${reason}]`
  if (isPast && tags[tool] === 'ephemeral') return `[this result of ${tool} was shown once]`
  return sight.stubbed.has(id) ? stub(shown) : undefined
}

const stub = ({ result: { id, tool }, tokens }: ShownResult): string =>
  `[result of ${tool}, ${tokens} tokens, not shown: reference ${id}]`

/** Tokens of a result as it is shown. */
export function tokensShown(shown: ShownResult, sight: Sight, policy: ContextPolicy, isPast: boolean): number {
  const text = standIn(shown, sight, policy, isPast)
  return text === undefined ? shown.tokens : resultTokens(text)
}

/** What a stub saves; not above 0 where it would be no shorter. */
export const savedByStub = (shown: ShownResult): number => shown.tokens - resultTokens(stub(shown))

/** The messages of a unit; the very same ones when nothing in them is replaced. */
export function renderUnit(unit: Unit, sight: Sight, policy: ContextPolicy, isPast: boolean): readonly Message[] {
  const texts = new Map<string, string>()
  for (const shown of unit.results) {
    const text = standIn(shown, sight, policy, isPast)
    if (text !== undefined) texts.set(shown.result.id, text)
  }
  if (texts.size === 0) return unit.messages
  return unit.messages.map((message) => {
    if (message.role !== 'tool') return message
    const results = message.results.map((one) => ({ ...one, content: texts.get(one.id) ?? one.content }))
    return { ...message, results }
  })
}
