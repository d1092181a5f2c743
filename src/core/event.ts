/** The words of a history: what a runtime appends to its log, and what the world observes beside it. */

import type { ApprovalRequest } from './approval.js'
import type { TrialsCompared } from './compared.js'
import type { GuardName, GuardVerdict } from './guard.js'
import type { Json } from './json.js'
import type { MemoryItem, ReadItem } from './memory.js'
import type { Message, ProposedCall } from './message.js'
import type { StopReason, Usage } from './model.js'
import type { ErrorDetail, OutcomeKind } from './outcome.js'
import type { Segment } from './prompt.js'
import type { Effect } from './tool.js'

export type RunStatus = 'completed' | 'failed' | 'cancelled' | 'timed-out' | 'needs-intervention'

/** Who goes on with what, after a hand-off. */
export interface HandOff {
  readonly to: string
  readonly task: string
}

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
  /** Calls of the batch that must have settled ok before this one starts. */
  readonly dependsOn?: readonly string[]
  /** What the call touches: two that share one run in call order, unless both only read. */
  readonly resources?: readonly string[]
  /** An earlier call of the batch with the same tool and arguments, whose result this one takes over. */
  readonly sameAs?: string
  /** The tool's declared version and the fingerprint of its schemas: a call pending over a resume runs with no other. */
  readonly version?: string
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
    /** What was said before the prompt, where a parent showed it. */
    history?: readonly Message[]
  }
  'run-resume': { epoch: number; at: number }
  'run-end': {
    status: RunStatus
    /** Why, in kebab-case: `stop`, `deadline`, `max-turns`, … */
    reason: string
    text: string
    /** Paths of the calls whose effect remains or may remain although the run did not complete. */
    residue: readonly string[]
    /** The agent that is to go on, and with what. */
    handOff?: HandOff
    /** What was wrong with the model, where its last call failed for good: class, words of ours, HTTP status. */
    error?: ErrorDetail
  }
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
  /** The tools offered from this turn on; written when they are others than before. */
  'tools-offered': { turn: number; tools: readonly string[] }
  /** Somebody asked the run to stop: nothing starts any more but compensations. */
  'cancel-requested': { at: number }
  /** Nothing can go on before these calls got what they wait for; the run's promise ends, its time stands still. */
  'run-waiting': { calls: readonly { readonly call: string; readonly for: string }[]; until?: number; at: number }
  /** What the user said to a question of the model. */
  'answer-given': { call: string; answer: string }
  /** What the user said besides the prompt, the `number`th time: prompts show it from the next turn on. */
  'message-given': { number: number; text: string }
  /** A call must not start before these people approve. Durable before anybody is told. */
  'approval-requested': ApprovalRequest
  /** Somebody was told of it, or could not be. */
  'approval-notified': { approval: string; approver: string; attempt: number; outcome: OutcomeKind }
  /** A decision that counts. `id` is what it said, digested: the same words twice are one decision. */
  'approval-decided': {
    id: string
    approval: string
    by: string
    decision: 'approve' | 'deny'
    reason?: string
    /** The answer, where the request has a question. */
    value?: Json
    at: number
  }
  /** A decision that changes nothing, and why. */
  'approval-refused': { id: string; approval: string; by: string; decision: string; because: string; at: number }
  /** Nobody decided in time: the call will not start. */
  'approval-expired': { approval: string; call: string }
  /** Used up by the first attempt, in the append that starts it. */
  'approval-consumed': { approval: string; call: string; attempt: number }
  /** A subagent's session begins, with what it may take of its parent's budget and time. */
  'subagent-start': { call: string; tool: string; session: string; task: string; timeMs: number; tokens?: number }
  /** It has ended, once; `output` is the digest of its last word, `tokens` what it and its own children took. */
  'subagent-end': { call: string; session: string; status: RunStatus; reason: string; output: string; tokens: number }
  'batch-open': { turn: number; calls: readonly Intent[] }
  'call-rejected': { call: string; tool: string; error: ErrorDetail }
  /** `generation` of a shared breaker, when the attempt was let through. */
  'attempt-start': {
    call: string
    tool: string
    attempt: number
    key: string
    argsDigest: string
    deadline: number
    generation?: number
  }
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
    /** Where the result comes from when no attempt of this call gave it: a cache, a fallback, another call. */
    note?: string
  }
  /** A read's service is away: `by` answers in its place. Written before it is asked. */
  'fallback-used': { call: string; tool: string; by: string }
  'late-result': {
    call: string
    tool: string
    attempt: number
    outcome: OutcomeKind
    value?: Json
    /** It came ok, and its value was not kept, as the run holds enough of them: how many have gone so, this one included. */
    dropped?: number
  }
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
  /** The rate limit of a tool let a call pass, once; `at` is on the clock its window is measured by. What it refuses is a `call-rejected`. */
  'limiter-admitted': { call: string; tool: string; at: number }
  /** Set aside before a model call: the most it may cost. `prompt` is the estimate of its input. */
  'budget-reserved': { turn: number; attempt: number; prompt: number; tokens: number; cost: number }
  /** What the call took of it; all that was set aside where nobody knows. */
  'budget-charged': { turn: number; attempt: number; prompt: number; tokens: number; cost: number }
  /** What a guard said of a result or a call (`t3.c0`), the answer of a turn (`t3`) or a memory; of results and memories only what is not a pass. */
  'guard-verdict': { guard: GuardName; subject: string; verdict: GuardVerdict }
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
  /** A prompt is about to be sent: what it is made of by estimate, and the most it may take: the window without the reserve, as the model's usage has told. */
  'context-built': { turn: number; segments: readonly Segment[]; tokens: number; limit: number }
  /** Before anything was let go, the prompt took 70 % of its limit or more. */
  'context-warned': { turn: number; tokens: number; limit: number }
  /**
   * From now on prompts show the turns from the unit `from` of the conversation, the earlier `pinned` ones and the summary;
   * of the results in `stubbed` (by provider id) only a reference. The log keeps everything. `after` at 85 % of `limit` or more: nothing else can go.
   */
  'context-compacted': {
    turn: number
    /** The model had refused the prompt as too long. */
    refused: boolean
    before: number
    after: number
    limit: number
    from: number
    pinned: readonly number[]
    dropped: number
    stubbed: readonly string[]
    summary?: string
    exhausted: boolean
  }
  /** A result was found to be bad: no later prompt shows it, no memory made from it is read, and a summary that may hold it goes. */
  'result-retracted': { call: string; id: string; reason: string; summarised: boolean }
  /** The version of the instructions that prompts hold from now on. */
  'procedure-loaded': { turn: number; version: string; text: string }
  /** What the turn taught, written with or after its `batch-commit`. */
  'memory-written': { turn: number; items: readonly MemoryItem[] }
  /** What the prompt of the turn shows, in the order in which it was written; `through`: the last version that could be seen. */
  'memory-read': { turn: number; items: readonly ReadItem[]; through: number }
  /** The store that outlives the session has these items. */
  'memory-stored': { ids: readonly string[] }
  /** Kept long enough, or made from a result that was retracted. */
  'memory-expired': { ids: readonly string[] }
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
  /** The answer of the model that comes now is another than its script, or its policy, means. `within`: the call of the subagent that it plays. */
  'model-strayed': { turn: number; attempt: number; fault: string; within?: string }
  'request-arrived': BackendCall
  'effect-applied': BackendCall & { effect: number; once: string; compensates?: number }
  'effect-compensated': BackendCall & { effect: number }
  /** What a backend did and answered, for promises with a model of it. `isCurrent` is false for reads that may lag, and what somebody else wrote. */
  'operation-done': BackendCall & { answer: unknown; isCurrent: boolean }
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
  /** An attempt begins, and is handed what was answered to its questions. */
  'answers-handed': { call: string; tool: string; attempt: number; answers: readonly Json[] }
  /** `parent`: the version that the writer took for the last; `epoch`: its own. Of a late write, digests: what was handed over and what was written. */
  'state-commit': {
    session: string
    version: number
    parent: number
    epoch: number
    types: readonly string[]
    handed?: string
    written?: string
  }
  /** Nothing of an append was written, as its writer had not seen the last commit, or owned the session no more. */
  'commit-refused': { session: string; parent: number; epoch: number; because: 'conflict' | 'fenced' }
  /** Somebody was shown a log, as its new owner or not. `isStale`: as it used to be. */
  'state-load': { session: string; version: number; epoch: number; isOpening: boolean; isStale?: true }
  /** A shared cell was written by who took `parent` for its version. */
  'cell-written': { cell: string; version: number; parent: number }
  /** An approver, or who pretends to be one, said this. `genuine`: they were asked, and mean what they were asked about. */
  'decision-sent': {
    id: string
    approval: string
    by: string
    decision: 'approve' | 'deny'
    genuine: boolean
    expiresAt: number
  }
  /** The rules for a tool are others from now on: what was approved under the old ones does not count. */
  'policy-changed': { tool: string; policy: string; approvers: readonly string[]; isGranted: boolean }
  /** An append whose acknowledgement reached the writer: from here on it must survive every crash. */
  'append-acknowledged': { session: string; version: number }
  /** A request to the model joins the queue before it; `way` is its lane. */
  'lane-joined': { request: string; way: 'resuming' | 'new' }
  /** It goes to the model, or (`served` is false) its sender has given up. */
  'lane-left': { request: string; way: 'resuming' | 'new'; served: boolean }
  'fault-planned': FaultAt
  'fault-injected': FaultAt & {
    /** Promises that no agent can keep from here on: names of invariants, and `always` for those of the scenario's author. */
    readonly waives?: readonly string[]
  }
  'fault-landed': FaultAt
  crash: { epoch: number }
  restart: { epoch: number }
  /** Life `epoch` of the agent begins while those before it go on. */
  overlap: { epoch: number }
  /** How it came out with a wrong wall clock, and how the same trial came out with that clock right. */
  'clock-compared': { wrong: CameOut; right: CameOut }
  /** What the trial shows without its faults, and what with one thing changed besides. */
  'trials-compared': TrialsCompared
  'storm-end': Record<never, never>
  rest: { open: readonly string[]; timers: number }
  leak: { what: string; where: string }
  console: { stream: 'log' | 'error'; text: string }
  /** A line reached a sink of the agent's log. */
  'line-logged': { sink: string; level: string; text: string; call?: string; result?: string }
  'unhandled-rejection': { text: string }
  /** A session beside this one was given this value by a tool, or started a call under this key: neither is this one's. */
  'issued-beside': { session: string; call: string; value?: Json; key?: string }
  /** The session of a subagent, judged by itself, broke a promise. */
  'subagent-broke': { session: string; invariant: string; because: string }
}

/** What became of a trial; `effects`: how often each operation was applied. */
export interface CameOut {
  readonly status: RunStatus | 'waiting'
  readonly reason: string
  readonly effects: Readonly<Record<string, number>>
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

/** A runtime event before the store stamped it. `at`, where the event has none of its own, is when it was made, on the writer's monotonic clock. */
export type LogEvent = {
  [K in keyof LogEvents]: Readonly<LogEvents[K]> & { readonly type: K; readonly at?: number }
}[keyof LogEvents]

/** Every event: its place in the one total order, virtual milliseconds since the trial began, causal lane, incarnation of the agent (from 1). */
export interface Stamp {
  readonly seq: number
  readonly vt: number
  readonly lane: string
  readonly incarnation: number
}
