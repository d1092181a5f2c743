/** The state of a run: what its durable log amounts to. Only `fold` changes it. */

import type { Intent, LogEvents } from '../core/event.js'
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
export class Operation {
  attempts = 0
  phase: 'ready' | 'running' | 'orphaned' | 'ended' | 'settled' = 'ready'
  wait: Wait | undefined
}

export class CallState extends Operation {
  readonly intent: Intent
  /** As the model proposed it, with the provider's own id. */
  readonly proposed: ProposedCall
  readonly turn: number
  /** Outcome of the last attempt that ended. */
  last: Outcome | undefined
  /** The breaker's generation when the last attempt started. */
  generation = 0
  /** Attempts that may have taken effect and of which nothing more is known. */
  readonly unresolved: number[] = []
  /** A late result or the tool's `reconcile` said that an effect of unknown outcome took place. */
  applied = false
  /** A later call carries this one's key. */
  superseded = false
  outcome: OutcomeKind | undefined
  value: Json | undefined
  error: ErrorDetail | undefined
  /** Where the result comes from when no attempt of this call gave it. */
  note: string | undefined

  constructor(intent: Intent, proposed: ProposedCall, turn: number) {
    super()
    this.intent = intent
    this.proposed = proposed
    this.turn = turn
  }
}

export interface Batch {
  readonly turn: number
  readonly calls: readonly CallState[]
  /** The settled ones, in the order of their settling. */
  readonly settled: CallState[]
  committed: boolean
}

/** The model call of the turn `turn`: the last one that was started. */
export class ModelTurn extends Operation {
  turn = 0
  override phase: Operation['phase'] = 'settled'
  answer: { readonly text: string; readonly calls: readonly ProposedCall[] } | undefined
  error: ErrorDetail | undefined
  stop: StopReason | undefined
}

export type RunEnd = Readonly<LogEvents['run-end']>

export interface SagaStep extends Operation {
  readonly step: number
  readonly call: CallState
  readonly compensation: boolean
  undone: 'no' | 'yes' | 'gave-up'
}

/** The state that no event has changed yet is that of the empty log. */
export class RunState {
  start: LogEvents['run-start'] | undefined
  /** Elapsed time is counted from here, on the monotonic clock. */
  startedAt = 0
  deadline = 0
  /** This incarnation has announced itself in the log. */
  present = false
  readonly messages: Message[] = []
  readonly model = new ModelTurn()
  batch: Batch | undefined
  readonly calls = new Map<string, CallState>()
  /** Writes that settled `unknown`, whatever was learnt of them since. */
  readonly ambiguous: CallState[] = []
  /** Results that came ok and too late. */
  lateValues = 0
  /** Ids the conversation has used. */
  readonly ids = new Set<string>()
  /** The names of the tools on offer; undefined: all. */
  offered: readonly string[] | undefined
  /** What the run waits for from outside, since this incarnation ended its promise. */
  waiting: LogEvents['run-waiting'] | undefined
  /** Somebody asked it to stop. */
  cancelled = false
  /** What was said to the questions of the model, by call. */
  readonly answers = new Map<string, string>()
  /** How often the user said something besides the prompt, and what of it no prompt shows yet. */
  messagesGiven = 0
  readonly unshown: string[] = []
  /** The last request for each call that needs one. */
  readonly approvals = new Map<string, ApprovalState>()
  /** Decisions that were taken or refused, by digest. */
  readonly heard = new Set<string>()
  readonly ignored: Ignored[] = []
  readonly cache: ResultCache = { entries: new Map(), clean: new Set() }
  /** Whether the guards let a call (`t3.c0`) or the answer of a turn (`t3`) pass. */
  readonly vetted = new Map<string, boolean>()
  /** The subagents' sessions, by the call that began them. */
  readonly children = new Map<string, Child>()
  readonly saga: {
    status: 'none' | 'open' | 'aborted' | 'ended'
    cause: string
    readonly steps: SagaStep[]
  } = { status: 'none', cause: '', steps: [] }
  readonly breakers = new Map<string, BreakerState>()
  /** What the rate limits of tools let pass in the last minute, by tool. */
  readonly windows = new Map<string, Window>()
  /** Undefined without a budget. */
  spending: Spending | undefined
  /** Failed turns of a tool since its last ok: the first failure and its corrections. */
  readonly failures = new Map<string, number>()
  /** Writes the model has not made good: tool, and the turn of its last failure. */
  readonly failedWrites = new Map<string, number>()
  readonly repeats = new Map<string, number>()
  mostRepeats = 0
  tokens = 0
  /** What prompts show; undefined without `context` or `memory`: everything. */
  context: ContextState | undefined
  end: RunEnd | undefined
}

/** An attempt starts. */
export function begin(operation: Operation, attempt: number): void {
  operation.attempts = attempt
  operation.phase = 'running'
  operation.wait = undefined
}

/** How some events of the log change the state. */
export type Handlers<E extends keyof LogEvents> = { [K in E]: (state: RunState, event: LogEvents[K]) => void }

/** What is known of the effect of a settled write. */
export function effectOf(call: CallState): 'applied' | 'none' | 'unknown' {
  if (call.outcome === 'ok' || call.applied) return 'applied'
  return call.unresolved.length > 0 ? 'unknown' : 'none'
}

/** Calls that may have happened and of which nothing more is known. */
export function unresolvedCalls(state: RunState): readonly CallState[] {
  return state.ambiguous.filter((call) => effectOf(call) === 'unknown')
}
