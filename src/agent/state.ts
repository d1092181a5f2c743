/** The state of a run: what its durable log amounts to. Only `fold` changes it. */

import type { HandOff, Intent, LogEvents, RunStatus } from '../core/event.js'
import type { Json } from '../core/json.js'
import type { Message, ProposedCall } from '../core/message.js'
import type { StopReason } from '../core/model.js'
import type { ErrorDetail, Outcome, OutcomeKind } from '../core/outcome.js'
import type { BreakerState } from '../resilience/breaker.js'
import type { Window } from '../resilience/window.js'
import type { ApprovalState, Ignored } from './approval/approval.js'
import type { ContextState } from './context/context-state.js'
import type { Spending } from './limits/spending.js'
import type { ResultCache } from './result-cache.js'
import type { Child } from './team/delegate.js'

/** A wait that the log ordered: `until` on the clock of the incarnation that wrote it, never longer than `delayMs`. */
export interface Wait {
  readonly until: number
  readonly delayMs: number
}

/** Where an operation that may take several attempts stands. `orphaned`: its process died with the attempt in flight. */
export interface Operation {
  attempts: number
  phase: 'ready' | 'running' | 'orphaned' | 'ended' | 'settled'
  wait: Wait | undefined
}

export interface CallState extends Operation {
  readonly intent: Intent
  /** As the model proposed it, with the provider's own id. */
  readonly proposed: ProposedCall
  readonly turn: number
  /** Outcome of the last attempt that ended. */
  last: Outcome | undefined
  /** The breaker's generation when the last attempt started. */
  generation: number
  /** Attempts that may have taken effect and of which nothing more is known. */
  readonly unresolved: number[]
  /** A late result or the tool's `reconcile` said that an effect of unknown outcome took place. */
  applied: boolean
  /** A later call carries this one's key. */
  superseded: boolean
  outcome: OutcomeKind | undefined
  value: Json | undefined
  error: ErrorDetail | undefined
  /** Where the result comes from when no attempt of this call gave it. */
  note: string | undefined
}

export interface Batch {
  readonly turn: number
  readonly calls: readonly CallState[]
  /** The settled ones, in the order of their settling. */
  readonly settled: CallState[]
  committed: boolean
}

/** The model call of the turn `turn`: the last one that was started. */
export interface ModelTurn extends Operation {
  turn: number
  answer: { readonly text: string; readonly calls: readonly ProposedCall[] } | undefined
  error: ErrorDetail | undefined
  stop: StopReason | undefined
}

export interface SagaStep extends Operation {
  readonly step: number
  readonly call: CallState
  readonly compensation: boolean
  undone: 'no' | 'yes' | 'gave-up'
}

export interface SagaState {
  status: 'none' | 'open' | 'aborted' | 'ended'
  cause: string
  readonly steps: SagaStep[]
}

export interface RunEnd {
  readonly status: RunStatus
  readonly reason: string
  readonly text: string
  readonly residue: readonly string[]
  readonly handOff?: HandOff
  readonly error?: ErrorDetail
}

export interface RunState {
  start: LogEvents['run-start'] | undefined
  /** Elapsed time is counted from here, on the monotonic clock. */
  startedAt: number
  deadline: number
  /** This incarnation has announced itself in the log. */
  present: boolean
  readonly messages: Message[]
  readonly model: ModelTurn
  batch: Batch | undefined
  readonly calls: Map<string, CallState>
  /** Writes that settled `unknown`, whatever was learnt of them since. */
  readonly ambiguous: CallState[]
  /** Results that came ok and too late. */
  lateValues: number
  /** Ids the conversation has used. */
  readonly ids: Set<string>
  /** The names of the tools on offer; undefined: all. */
  offered: readonly string[] | undefined
  /** What the run waits for from outside, since this incarnation ended its promise. */
  waiting: LogEvents['run-waiting'] | undefined
  /** Somebody asked it to stop. */
  cancelled: boolean
  /** What was said to the questions of the model, by call. */
  readonly answers: Map<string, string>
  /** The last request for each call that needs one. */
  readonly approvals: Map<string, ApprovalState>
  /** Decisions that were taken or refused, by digest. */
  readonly heard: Set<string>
  readonly ignored: Ignored[]
  readonly cache: ResultCache
  /** Whether the guards let a call (`t3.c0`) or the answer of a turn (`t3`) pass. */
  readonly vetted: Map<string, boolean>
  /** The subagents' sessions, by the call that began them. */
  readonly children: Map<string, Child>
  readonly saga: SagaState
  readonly breakers: Map<string, BreakerState>
  /** What the rate limits of tools let pass in the last minute, by tool. */
  readonly windows: Map<string, Window>
  /** Undefined without a budget. */
  spending: Spending | undefined
  /** Failed turns of a tool since its last ok: the first failure and its corrections. */
  readonly failures: Map<string, number>
  /** Writes the model has not made good: tool, and the turn of its last failure. */
  readonly failedWrites: Map<string, number>
  readonly repeats: Map<string, number>
  mostRepeats: number
  tokens: number
  /** What prompts show; undefined without `context` or `memory`: everything. */
  context: ContextState | undefined
  end: RunEnd | undefined
}

export function emptyState(): RunState {
  return {
    start: undefined,
    startedAt: 0,
    deadline: 0,
    present: false,
    messages: [],
    model: {
      turn: 0,
      attempts: 0,
      phase: 'settled',
      wait: undefined,
      answer: undefined,
      error: undefined,
      stop: undefined,
    },
    batch: undefined,
    calls: new Map(),
    ambiguous: [],
    lateValues: 0,
    ids: new Set(),
    offered: undefined,
    waiting: undefined,
    cancelled: false,
    answers: new Map(),
    approvals: new Map(),
    heard: new Set(),
    ignored: [],
    cache: { entries: new Map(), clean: new Set() },
    vetted: new Map(),
    children: new Map(),
    saga: { status: 'none', cause: '', steps: [] },
    breakers: new Map(),
    windows: new Map(),
    spending: undefined,
    failures: new Map(),
    failedWrites: new Map(),
    repeats: new Map(),
    mostRepeats: 0,
    tokens: 0,
    context: undefined,
    end: undefined,
  }
}

/** What is known of the effect of a settled write. */
export function effectOf(call: CallState): 'applied' | 'none' | 'unknown' {
  if (call.outcome === 'ok' || call.applied) return 'applied'
  return call.unresolved.length > 0 ? 'unknown' : 'none'
}

/** Calls that may have happened and of which nothing more is known. */
export function unresolvedCalls(state: RunState): readonly CallState[] {
  return state.ambiguous.filter((call) => effectOf(call) === 'unknown')
}
