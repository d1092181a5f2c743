/** The words of a history: what a runtime appends to its log, and what the world observes beside it. */

import type { Json } from './json.js'
import type { Message, ProposedCall } from './message.js'
import type { StopReason, Usage } from './model.js'
import type { ErrorDetail, OutcomeKind } from './outcome.js'
import type { Effect } from './tool.js'

export type RunStatus = 'completed' | 'failed' | 'cancelled' | 'timed-out' | 'needs-intervention'

export interface Limits {
  readonly turns: number
  /** Tokens in and out over the whole run; absent: unlimited. */
  readonly tokens?: number
  /** From `run-start` to the end, on the monotonic clock. */
  readonly timeMs: number
  readonly callsPerTurn: number
  readonly inFlight: number
  readonly attempts: number
}

/** One call of an open batch: what will be executed, or why it will not. */
export interface Intent {
  readonly call: string
  /** The provider's id: payload, rendered back to it. */
  readonly id: string
  readonly tool: string
  readonly effect: Effect
  /** The raw argument text as proposed. */
  readonly proposed: string
  /** The parsed arguments; absent when the call was rejected before parsing. */
  readonly args?: Json
  readonly argsDigest?: string
  readonly key: string
  /** The earlier call of unknown outcome with the same tool and arguments: this one carries its key. */
  readonly reissueOf?: string
}

/** One result as it enters the conversation. */
export interface Committed {
  readonly call: string
  readonly id: string
  readonly tool: string
  readonly outcome: OutcomeKind
  readonly content: string
}

/** What a runtime appends to its durable log. `at` is the writer's monotonic clock. */
export interface LogEvents {
  'run-start': {
    session: string
    agent: string
    prompt: string
    instructions: string
    limits: Limits
    saga: boolean
    at: number
  }
  'run-resume': { epoch: number; at: number }
  'run-end': { status: RunStatus; reason: string; text: string; residue: readonly string[] }
  'model-call-start': { turn: number; attempt: number }
  'model-call-end': {
    turn: number
    attempt: number
    outcome: OutcomeKind
    error?: ErrorDetail
    text: string
    calls: readonly ProposedCall[]
    stop?: StopReason
    usage: Usage
  }
  'batch-open': { turn: number; calls: readonly Intent[] }
  'call-rejected': { call: string; tool: string; error: ErrorDetail }
  'attempt-start': { call: string; tool: string; attempt: number; key: string; argsDigest: string; deadline: number }
  'attempt-end': {
    call: string
    tool: string
    attempt: number
    outcome: OutcomeKind
    error?: ErrorDetail
    value?: Json
  }
  'call-settled': {
    call: string
    tool: string
    outcome: OutcomeKind
    attempts: number
    value?: Json
    error?: ErrorDetail
  }
  'late-result': { call: string; tool: string; attempt: number; outcome: OutcomeKind; value?: Json }
  /** What the tool's `reconcile` said of a call that may have happened. */
  'call-reconciled': { call: string; tool: string; attempt: number; answer: 'applied' | 'not-applied' | 'unknown' }
  /** `op` is `t3` for a model call, `t3.c0` for a call, `t3.c0.undo` for a compensation; `attempt` the one that failed. */
  'retry-scheduled': { op: string; attempt: number; delayMs: number; error: ErrorDetail; at: number }
  'breaker-moved': {
    key: string
    from: 'closed' | 'open' | 'half-open'
    to: 'closed' | 'open' | 'half-open'
    failures: number
    at: number
  }
  'batch-commit': { turn: number; results: readonly Committed[] }
  'saga-open': { saga: string }
  'saga-step-registered': { step: number; call: string; tool: string; compensation: boolean }
  'saga-abort': { cause: string; steps: readonly number[] }
  'compensation-start': { step: number; call: string; tool: string; attempt: number; key: string }
  'compensation-end': {
    step: number
    call: string
    tool: string
    attempt: number
    outcome: OutcomeKind
    error?: ErrorDetail
  }
  'saga-end': { status: 'committed' | 'compensated' | 'needs-intervention'; residue: readonly string[] }
}

/** What only the world sees. For a foreign agent these are all there is, with `run-start` and `run-end` emitted by the world on its behalf. */
export interface WorldEvents {
  /** The agent's promise settled towards its caller. `waiting`: it did not, when the world came to rest or its budget ended. */
  'run-settled': { status: RunStatus | 'waiting'; reason: string; result: Json | undefined }
  'prompt-received': {
    turn: number
    attempt: number
    messages: readonly Message[]
    tools: readonly string[]
    refused?: string
  }
  /** What the scripted model sent back. `complete` is false for a cut, an error status or an answer that never came. */
  'model-answered': {
    turn: number
    attempt: number
    text: string
    calls: readonly ProposedCall[]
    stop: StopReason
    complete: boolean
    status: number
  }
  'request-arrived': BackendCall
  'effect-applied': BackendCall & { effect: number; once: string; compensates?: number }
  'effect-compensated': BackendCall & { effect: number }
  'request-answered': {
    backend: string
    operation: string
    site: string
    outcome: OutcomeKind | 'late'
    status: number
    text: string
  }
  /** What `execute` handed to its caller: the value issued to exactly this attempt of this call. */
  'tool-returned': {
    call: string
    tool: string
    attempt: number
    outcome: 'ok' | 'threw'
    digest: string
    value?: Json
    text?: string
  }
  'state-commit': { session: string; version: number; epoch: number; types: readonly string[] }
  'state-load': { session: string; version: number; epoch: number }
  /** An append whose acknowledgement reached the writer: from here on it must survive every crash. */
  'append-acknowledged': { session: string; version: number }
  'fault-planned': FaultAt
  'fault-injected': FaultAt
  'fault-landed': FaultAt
  crash: { epoch: number }
  restart: { epoch: number }
  'storm-end': Record<never, never>
  rest: { open: readonly string[]; timers: number }
  leak: { what: string; where: string }
  console: { stream: 'log' | 'error'; text: string }
  'unhandled-rejection': { text: string }
}

export interface FaultAt {
  readonly fault: string
  readonly site: string
  readonly detail: string
}

export interface BackendCall {
  readonly backend: string
  readonly operation: string
  readonly kind: 'read' | 'write'
  readonly site: string
  readonly input: unknown
  readonly key: string | undefined
  /** The call and attempt that carried the request; undefined when it belongs to the run alone. */
  readonly call: string | undefined
  readonly attempt: number | undefined
  /** Where in the agent's source the request was made; filled when a finding is re-run for its story. */
  readonly where?: string
}

export type EventMap = LogEvents & WorldEvents
export type EventType = keyof EventMap
export type EventOf<K extends EventType> = Readonly<EventMap[K]> & Stamp & { readonly type: K }
export type AnyEvent = { [K in EventType]: EventOf<K> }[EventType]

/** A runtime event before the store stamped it. */
export type LogEvent = { [K in keyof LogEvents]: Readonly<LogEvents[K]> & { readonly type: K } }[keyof LogEvents]

/** Every event: its place in the one total order, virtual milliseconds since the trial began, causal lane, incarnation of the agent (from 1). */
export interface Stamp {
  readonly seq: number
  readonly vt: number
  readonly lane: string
  readonly incarnation: number
}
