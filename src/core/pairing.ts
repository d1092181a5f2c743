/** The one rule of tool histories: each call of a message is answered in the message that follows, each result answers such a call. */

import type { Message } from './message.js'

/**
 * Where a history breaks the rule first. `at` is the index of the offending message: for `missing-results` the one with the
 * calls. `ids` are the provider ids concerned, in order and without repeats; empty for `late-system`.
 */
export interface PairingFault {
  readonly kind: 'missing-results' | 'orphan-result' | 'duplicate-id' | 'empty-id' | 'late-system'
  readonly at: number
  readonly ids: readonly string[]
}

/** What a reader of histories refuses beyond a missing or an orphaned result and an empty id, which all refuse. */
export interface PairingRules {
  /** No two calls of one message share an id. Across messages an id may come again: adjacency keeps the pairs apart. */
  readonly uniqueCalls: boolean
  /** No id is answered twice in one message. */
  readonly uniqueResults: boolean
  /** System messages stand before all others. */
  readonly systemFirst: boolean
}

const strictest: PairingRules = { uniqueCalls: true, uniqueResults: true, systemFirst: true }

/** The first fault of a history in message order, undefined when there is none. Default: the strictest rules any provider has. */
export function strictPairing(messages: readonly Message[], rules: PairingRules = strictest): PairingFault | undefined {
  for (let at = 0; at < messages.length; at++) {
    const message = messages[at]!
    const fault =
      message.role === 'assistant'
        ? faultOfCalls(idsOf(message), idsOf(messages[at + 1], 'tool'), at, rules)
        : message.role === 'tool'
          ? faultOfResults(idsOf(message), idsOf(messages[at - 1], 'assistant'), at, rules)
          : message.role === 'system' && rules.systemFirst && at > 0 && messages[at - 1]!.role !== 'system'
            ? { kind: 'late-system' as const, at, ids: none }
            : undefined
    if (fault) return fault
  }
  return undefined
}

const none: readonly string[] = []

/** Ids of the calls or results of a message; none when it has another role than the wanted one. */
function idsOf(message: Message | undefined, role = message?.role): readonly string[] {
  if (!message || message.role !== role) return none
  const parts = message.role === 'assistant' ? message.calls : message.role === 'tool' ? message.results : none
  return parts.length === 0 ? none : (parts as readonly { id: string }[]).map((part) => part.id)
}

function faultOfCalls(
  calls: readonly string[],
  results: readonly string[],
  at: number,
  rules: PairingRules,
): PairingFault | undefined {
  if (calls.length === 0) return undefined
  if (calls.includes('')) return { kind: 'empty-id', at, ids: [''] }
  const repeated = rules.uniqueCalls ? repeats(calls) : none
  if (repeated.length > 0) return { kind: 'duplicate-id', at, ids: repeated }
  const missing = without(calls, results)
  return missing.length > 0 ? { kind: 'missing-results', at, ids: missing } : undefined
}

function faultOfResults(
  results: readonly string[],
  calls: readonly string[],
  at: number,
  rules: PairingRules,
): PairingFault | undefined {
  if (results.includes('')) return { kind: 'empty-id', at, ids: [''] }
  const orphans = without(results, calls)
  if (orphans.length > 0) return { kind: 'orphan-result', at, ids: orphans }
  const repeated = rules.uniqueResults ? repeats(results) : none
  return repeated.length > 0 ? { kind: 'duplicate-id', at, ids: repeated } : undefined
}

const repeats = (ids: readonly string[]): readonly string[] =>
  ids.filter((id, index) => ids.indexOf(id) < index && ids.indexOf(id, ids.indexOf(id) + 1) === index)

const without = (ids: readonly string[], taken: readonly string[]): readonly string[] =>
  ids.filter((id, index) => !taken.includes(id) && ids.indexOf(id) === index)
