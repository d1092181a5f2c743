/** A history: all that happened in one simulation, in one total order, with what a check must know about the agent. */

import type { AnyEvent, Limits } from './event.js'
import type { Json } from './json.js'
import type { Effect, Idempotency } from './tool.js'

export interface ToolFacts {
  readonly name: string
  /** Calls of it that may be admitted in a minute; absent: any number. */
  readonly rateLimitPerMinute?: number
  /** Who must approve its calls; absent: nobody. */
  readonly approvers?: readonly string[]
  /** The breaker it shares with other tools. */
  readonly dependency?: string
  readonly effect: Effect
  readonly idempotency: Idempotency
  readonly compensated: boolean
  /** The longest that an attempt may take; absent: it ends by bounds of its own, or none is declared. */
  readonly timeoutMs?: number
  /** Whether its input schema takes arguments as they are; absent: it declares none. */
  readonly takes?: (args: Json) => boolean
  /** Whether a value is what it declares to give; absent: it declares nothing. */
  readonly gives?: (value: unknown) => boolean
}

/** What is declared about an agent, so that a check need not guess. */
export interface Facts extends BoundFacts {
  /** Runs on stormproof's own runtime: its log is part of the history. */
  readonly own: boolean
  /** The session of a subagent: what its tools return is seen in the history of the whole alone. */
  readonly nested?: true
  readonly limits: Limits | undefined
  readonly tools: readonly ToolFacts[]
  /** Retry policy of the runtime; undefined for foreign agents. */
  readonly retry: RetryFacts | undefined
  /** How many effects of one name (backend.operation:once) the calm day's ledger holds. */
  readonly intended: Readonly<Record<string, number>>
  /** The model follows a script, so that the calm day shows what is intended; otherwise each distinct call of the model intends its own effect. */
  readonly scripted: boolean
  readonly backends: readonly string[]
  /** Whether its grants let the agent call the tool with this input; absent: it declares none. */
  readonly permits?: (tool: string, input: Json) => boolean
  readonly guards?: { readonly marking: boolean; readonly verify: boolean }
  /** What neither its answers nor the arguments of its calls may hold. */
  readonly secrets?: readonly string[]
  /** What lies in the backends and must never leave them. */
  readonly planted?: PlantedSecrets
}

/** Secrets by the key of the backend they lie in. */
export type PlantedSecrets = Readonly<Record<string, readonly string[]>>

/** Declared bounds on what the run may call and spend. */
export interface BoundFacts {
  readonly breaker?: { readonly failures: number; readonly resetMs: number }
  readonly budget?: { readonly tokens?: number; readonly cost?: number }
  /** How long a new session waits in its lane before it goes with those under way. */
  readonly lanes?: { readonly ageMs: number }
}

export interface RetryFacts {
  readonly attempts: number
  readonly baseMs: number
  readonly factor: number
  readonly jitterMs: number
  readonly maxDelayMs: number
}

export interface History {
  readonly events: readonly AnyEvent[]
  readonly facts: Facts
  /** True when the trial ended by a budget instead of coming to rest: liveness is then unknown. */
  readonly truncated: boolean
}
