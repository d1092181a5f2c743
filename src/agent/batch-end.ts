/** When a batch is over, what it hands to the model, and its commit: there corrections and repeats are counted. */

import type { Committed, LogEvents } from '../core/event.js'
import type { Message } from '../core/message.js'
import { cutTo, forModel } from '../core/sanitize.js'
import { toolNamed } from './agent.js'
import { noteCommit } from './context/context-state.js'
import type { Rules } from './parts.js'
import { maxResultBytes } from './policy.js'
import type { Run } from './run.js'
import type { Batch, CallState, RunState } from './state.js'

/** Every call has its terminal record: siblings of a failed call are drained, not lost. */
export const allSettled = (batch: Batch): boolean => batch.settled.length === batch.calls.length
export const resultsInCallOrder = (batch: Batch, render: (call: CallState) => string): readonly Committed[] =>
  batch.calls.map((call) => resultOf(call, render))

/** The result of one call as it enters the conversation. */
export function resultOf(call: CallState, render: (call: CallState) => string): Committed {
  const { call: path, id, tool } = call.intent
  return { call: path, id, tool, outcome: call.outcome ?? 'unknown', content: render(call) }
}

export function commitBatch(state: RunState, event: LogEvents['batch-commit'], { parts }: Rules): void {
  const { batch } = state
  if (!batch) return
  batch.committed = true
  for (const message of parts.messagesOf(batch.calls, state.model.answer?.text ?? '', event.results)) {
    state.messages.push(message)
  }
  noteCommit(state, event)
  countCorrections(state, batch.calls)
  countRepeats(state, event.results)
}

/** One turn counts once, however many of its calls of a tool failed. */
function countCorrections(state: RunState, calls: readonly CallState[]): void {
  const outcomes = new Map<string, 'ok' | 'failed'>()
  for (const call of calls) {
    const { tool } = call.intent
    if (call.outcome === 'ok') outcomes.set(tool, 'ok')
    else if (call.outcome === 'failed' && !outcomes.has(tool)) outcomes.set(tool, 'failed')
  }
  for (const [tool, outcome] of outcomes) {
    if (outcome === 'ok') state.failures.delete(tool)
    else state.failures.set(tool, (state.failures.get(tool) ?? 0) + 1)
  }
  countFailedWrites(state, calls)
}

/** A failed write is made good by an ok call of the same tool in a later turn. */
function countFailedWrites(state: RunState, calls: readonly CallState[]): void {
  for (const call of calls) {
    const { tool, effect } = call.intent
    if (effect === 'read') continue
    if (call.outcome === 'failed') state.failedWrites.set(tool, call.turn)
    else if (call.outcome === 'ok' && (state.failedWrites.get(tool) ?? call.turn) < call.turn) {
      state.failedWrites.delete(tool)
    }
  }
}

/** The same call with the same result, turn after turn: a model that goes round in circles. */
function countRepeats(state: RunState, results: readonly Committed[]): void {
  const seen = new Set<string>()
  for (const result of results) {
    const intent = state.calls.get(result.call)?.intent
    const repeat = `${result.tool} ${intent?.argsDigest ?? intent?.proposed} ${result.content}`
    if (seen.has(repeat)) continue
    seen.add(repeat)
    const times = (state.repeats.get(repeat) ?? 0) + 1
    state.repeats.set(repeat, times)
    if (times > state.mostRepeats) state.mostRepeats = times
  }
}

/** A value is shown as JSON; a failure says that nothing happened; an unknown outcome says that it may have. */
export function render(call: CallState): string {
  if (call.outcome === 'ok') return JSON.stringify(call.value ?? null)
  const { tool } = call.intent
  const error = call.error ? `${call.error.class}: ${call.error.text}` : 'no reason is known'
  if (call.outcome === 'failed') return `${tool} failed and did not take effect. ${error}`
  return `The outcome of ${tool} is unknown. ${knownOf(call)} Do not assume that it failed. ${error}`
}

function knownOf({ applied, error }: CallState): string {
  if (applied) return 'It did take effect, but its answer is lost.'
  if (error?.partial) return `${error.partial.done} of its ${error.partial.of} parts took effect.`
  return 'It may or may not have taken effect.'
}

/** One assistant message with all its calls, then one message with all their results. */
export function messagesOf(
  calls: readonly CallState[],
  text: string,
  results: readonly Committed[],
): readonly Message[] {
  const proposed = calls.map(({ intent: { id }, proposed: one }) => ({ id, tool: one.tool, arguments: one.arguments }))
  return [
    { role: 'assistant', text, calls: proposed },
    { role: 'tool', results: results.map(({ id, tool, content, outcome }) => ({ id, tool, content, outcome })) },
  ]
}

/** The text of one result: labelled where another source gave it, cleaned, and cut with a reference to the rest. */
export function shown({ agent, parts }: Run, call: CallState): string {
  const text = parts.render(call)
  const labelled = call.note === undefined ? text : `[${call.note}] ${text}`
  const most = toolNamed(agent, call.intent.tool)?.maxResultBytes ?? maxResultBytes
  return cutTo(forModel(labelled), most, `the log holds the whole result of ${call.intent.call}`)
}
