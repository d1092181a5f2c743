/** What the world observes of a run and adds to its history: prompts, requests, effects, faults, crashes. */

import type { TrialsCompared } from './compared.js'
import type { RunStatus } from './event.js'
import type { Json } from './json.js'
import type { Message, ProposedCall } from './message.js'
import type { StopReason } from './model.js'
import type { OutcomeKind } from './outcome.js'

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
  /** `wrote`: the versions that it made, of the resources its operation is about. `adds`: whatever was there is still there. */
  'effect-applied': BackendCall & {
    effect: number
    once: string
    compensates?: number
    wrote?: readonly Touched[]
    adds?: true
  }
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
  /** The answer that comes now tells its caller of a resource, as it was in this version. */
  'resource-read': Touched & Pick<BackendCall, 'backend' | 'operation' | 'site' | 'call' | 'attempt'>
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
  /** A session beside this one was given this value for a call, or has it as its id, or started a call under this key: none is this one's. */
  'issued-beside': { session: string; call?: string; value?: Json; key?: string }
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

/** A resource of a backend, by its name, and how often it had been written to: 0 is how it was in the beginning. */
export interface Touched {
  readonly resource: string
  readonly version: number
  /** The service answered with an older one than it had. */
  readonly isStale?: true
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
