/** Results of reads that equal calls of the session may be answered with, until a write to what they read may have begun. */

import type { LogEvents } from '../core/event.js'
import { ok } from '../core/outcome.js'
import type { AdmissionCheck } from './admission.js'
import { toolNamed } from './agent.js'
import type { Rules } from './parts.js'
import { type CallState, effectOf, type RunState } from './state.js'

export type Settled = Omit<LogEvents['call-settled'], 'attempts'> & { readonly at?: number }

interface Entry {
  readonly call: CallState
  /** When it was read, on the writer's clock. */
  readonly at: number
}

export interface ResultCache {
  /** By tool, version and digest of the arguments. */
  readonly entries: Map<string, Entry>
  /** Reads in flight that no write has overlapped since they began. */
  readonly clean: Set<CallState>
}

const keyOf = ({ intent }: CallState): string => `${intent.tool} ${intent.version ?? ''} ${intent.argsDigest}`

/** Undeclared resources may be any. */
function overlap({ intent: one }: CallState, { intent: other }: CallState): boolean {
  if (!one.resources || !other.resources) return true
  return one.resources.some((resource) => other.resources?.includes(resource))
}

/** An attempt started: a write ends what was read of its resources; a read is worth keeping if no write is under way. */
export function noteStart(state: RunState, call: CallState, { agent }: Rules): void {
  const { entries, clean } = state.cache
  if (call.intent.effect !== 'read') {
    for (const [key, entry] of entries) if (overlap(entry.call, call)) entries.delete(key)
    for (const read of clean) if (overlap(read, call)) clean.delete(read)
  } else if (toolNamed(agent, call.intent.tool)?.cacheMs !== undefined && !disturbed(state, call)) clean.add(call)
}

/** A write that may still take effect. */
function disturbed(state: RunState, read: CallState): boolean {
  const isWriting = (call: CallState): boolean =>
    call.intent.effect !== 'read' && call.attempts > 0 && call.phase !== 'settled' && overlap(call, read)
  const isInDoubt = (call: CallState): boolean => effectOf(call) === 'unknown' && overlap(call, read)
  return (state.batch?.calls.some(isWriting) ?? false) || state.ambiguous.some(isInDoubt)
}

export function noteResult(state: RunState, call: CallState, { at, outcome }: Settled): void {
  if (state.cache.clean.delete(call) && outcome === 'ok' && at !== undefined) {
    state.cache.entries.set(keyOf(call), { call, at })
  }
}

/** Answers a read from the log while it is fresh. */
export const checkCache: AdmissionCheck = {
  concerns: (_run, tool) => tool.cacheMs !== undefined,
  check: ({ state, clock }, { call }, tool) => {
    const asked = state.calls.get(call)
    const entry = asked && state.cache.entries.get(keyOf(asked))
    const age = entry ? clock.now() - entry.at : 0
    if (!entry || age < 0 || age >= (tool.cacheMs ?? 0)) return undefined
    return { settle: ok(entry.call.value ?? null), note: `as read by ${entry.call.intent.call}` }
  },
}
