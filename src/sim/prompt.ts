/** Reading a prompt as the scripted model does: how far the script has come, what failed last, what results were seen. */

import { fenced } from '../core/fence.js'
import type { Message, ProposedCall, ToolResult } from '../core/message.js'
import { remembered } from '../core/remembered.js'
import type { CallId } from './call-id.js'
import type { SaidCalls } from './said-calls.js'
import type { Entry } from './script.js'

export interface Reading {
  /** The turn this prompt asks for, from 1. */
  readonly turn: number
  /** The next entry of the script, from 0. */
  readonly position: number
  /** Calls that were broken on purpose, failed for it, and have not been proposed soundly since. */
  readonly owed: readonly CallId[]
  /** It shows a call of the script that was sound. */
  readonly hasCalled: boolean
  /** Sound calls of the last batch whose results say that they failed, and in how many batches in a row they stood. */
  readonly failed: readonly { readonly id: CallId; readonly call: ProposedCall }[]
  readonly failedInARow: number
}

export type Failed = (result: ToolResult) => boolean

/** A call that is owed, and the id under which the prompt shows it. */
interface Debt {
  readonly id: CallId
  readonly shown: string
}

export function readPrompt(
  messages: readonly Message[],
  entries: readonly Entry[],
  isFailed: Failed,
  said: SaidCalls,
): Reading {
  let turn = 1
  let position = 0
  let hasCalled = false
  let owed: Debt[] = []
  let last: readonly ProposedCall[] = []
  let results: readonly ToolResult[] = []
  let batch: readonly (CallId | undefined)[] = []
  const batches: (typeof batch)[] = []
  for (const message of messages) {
    if (message.role === 'tool') {
      results = results.concat(message.results)
      // A tool that took the broken call as it was has done it: to propose it again would be the model's own mistake.
      if (owed.length === 0) continue
      for (const result of message.results)
        if (!isFailed(result)) owed = owed.filter(({ shown }) => shown !== result.id)
    }
    if (message.role !== 'assistant') continue
    turn++
    last = message.calls
    results = []
    const before = position
    batch = last.map((call) => said.find(call, before))
    for (const [at, id] of batch.entries()) {
      if (!id) continue
      const { id: shown, arguments: text } = last[at] as ProposedCall
      position = Math.max(position, id.entry + 1)
      if (owed.length > 0) owed = owed.filter((debt) => !samePlan(debt.id, id))
      if (id.broken || !isJsonText(text)) owed.push({ id, shown })
      else hasCalled = true
    }
    batches.push(batch)
    if (last.length === 0 && saysEntry(entries[position], message.text)) position++
  }
  const failed = last.flatMap((call, at) => {
    const id = batch[at]
    if (!id || id.broken || !isJsonText(call.arguments)) return []
    const result = resultOf(last, at, results)
    return result && isFailed(result) ? [{ id, call }] : []
  })
  return {
    turn,
    position,
    hasCalled,
    owed: owed.map(({ id }) => id),
    failed,
    failedInARow: inARow(
      batches,
      failed.map((one) => one.id),
    ),
  }
}

/** A sound call of an earlier turn, and whether its result says that it failed. */
export interface EarlierCall {
  readonly id: CallId
  readonly call: ProposedCall
  readonly hasFailed: boolean
}

export function earlierCalls(messages: readonly Message[], isFailed: Failed, said: SaidCalls): readonly EarlierCall[] {
  return messages.flatMap((message, at) => {
    if (message.role !== 'assistant') return []
    const next = messages[at + 1]
    const results = next?.role === 'tool' ? next.results : []
    return message.calls.flatMap((call, place) => {
      const id = said.find(call, 0)
      if (!id || id.broken || !isJsonText(call.arguments)) return []
      const result = resultOf(message.calls, place, results)
      return [{ id, call, hasFailed: result !== undefined && isFailed(result) }]
    })
  })
}

/** By the id; in order where several calls of the batch have one. */
function resultOf(batch: readonly ProposedCall[], at: number, results: readonly ToolResult[]): ToolResult | undefined {
  const { id } = batch[at] as ProposedCall
  let twins = 0
  for (let i = 0; i < at; i++) if (batch[i]?.id === id) twins++
  for (const result of results) if (result.id === id && twins-- === 0) return result
  return undefined
}

/**
 * Arguments that are no JSON were broken on their way, whoever broke them: such a call comes again as it was meant. Each prompt
 * shows all earlier ones again.
 */
const isJsonText = remembered((text) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}, 256)

const samePlan = (a: CallId, b: CallId): boolean => a.entry === b.entry && a.planned === b.planned

const saysEntry = (entry: Entry | undefined, text: string): boolean =>
  entry !== undefined && 'say' in entry && entry.say === text

function inARow(batches: readonly (readonly (CallId | undefined)[])[], failed: readonly CallId[]): number {
  let times = 0
  for (let i = batches.length - 1; i >= 0; i--) {
    if (!batches[i]?.some((id) => id && failed.some((one) => samePlan(one, id)))) break
    times++
  }
  return times
}

/** The value of the latest good result of a tool; undefined when there is none. Texts that are no JSON are values themselves. */
export function seenValue(
  messages: readonly Message[],
  tool: string,
  isFailed: Failed,
): { readonly value: unknown } | undefined {
  const names = new Map<string, string>()
  for (const message of messages)
    if (message.role === 'assistant') for (const call of message.calls) names.set(call.id, call.tool)
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i] as Message
    if (message.role !== 'tool') continue
    for (let j = message.results.length - 1; j >= 0; j--) {
      const result = message.results[j] as ToolResult
      if ((result.tool || names.get(result.id)) === tool && !isFailed(result)) return { value: parsed(result.content) }
    }
  }
  return undefined
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(fenced(content) ?? content)
  } catch {
    return content
  }
}

/** Whether a result reads like a failure where the wire has no flag for it: an `error` field, or a text that is no JSON and says so. */
export function readsAsFailure(result: ToolResult): boolean {
  if (result.outcome !== 'ok') return true
  const value = parsed(result.content)
  if (typeof value === 'object' && value !== null) return 'error' in value && Boolean(value.error)
  return typeof value === 'string' && /\b(error|failed|failure|exception)\b/i.test(value)
}
