/** The decisions of the runtime, each a small function of its own: the runtime is their composition, a mutant replaces one. */

import type { Committed, Intent, Limits, LogEvent, LogEvents } from '../core/event.js'
import { fence } from '../core/fence.js'
import type { GuardVerdict } from '../core/guard.js'
import type { Json } from '../core/json.js'
import { mask } from '../core/mask.js'
import type { Message } from '../core/message.js'
import type { ModelAnswer } from '../core/model.js'
import type { ErrorDetail, Outcome } from '../core/outcome.js'
import { type LogLine, type Sink, tellSafely } from '../core/sink.js'
import { admit, count } from '../resilience/breaker.js'
import { isRetryable, retry } from '../resilience/retry.js'
import type { Agent } from './agent.js'
import { type ApprovalParts, approvalParts } from './approval/approval.js'
import { allSettled, messagesOf, render, resultsInCallOrder } from './batch-end.js'
import { unitsOf } from './context/context-state.js'
import { type Action, decide } from './decide.js'
import { permits } from './guard/vet.js'
import { takeLate } from './layer/execute.js'
import { attemptKey, idOf, keyOf, matchIntent } from './open-batch.js'
import type { Grants, GuardPolicy } from './policy.js'
import type { RunResult } from './run-session.js'
import { conclude, nextUndo, registersAt, type StepMoment } from './saga.js'
import type { Batch, CallState, RunEnd, RunState, SagaStep } from './state.js'
import { type Deeds, reportOf } from './team/delegate.js'
import type { AnyTool } from './tool.js'
import {
  checkArguments,
  checkOutput,
  type Ending,
  judgeAnswer,
  outcomeOf,
  type Parsed,
  parseArguments,
} from './validity.js'

export interface Parts {
  /** What must happen now. */
  decide(state: RunState, rules: Rules, now: number): Action
  /** Number of model calls in a run; the last one is offered no tools. */
  turnBudget(limits: Limits): number
  /** How a run ends, and why. `cause` is `stop` for the model's natural stop. */
  conclude(state: RunState, cause: string): RunEnd

  /** Whether events are written at once; otherwise they wait for the next that are. */
  writesNow(events: readonly LogEvent[]): boolean
  /** What of the events made for one append is written. */
  recorded(events: readonly LogEvent[]): readonly LogEvent[]
  /** What a resume folds of the loaded log. */
  recall(events: readonly LogEvent[]): readonly LogEvent[]

  /** Whether a model's answer is one the run can go on with. */
  judgeAnswer(answer: ModelAnswer): Outcome<ModelAnswer>
  /** The id under which a call stands in the conversation. */
  idOf(proposed: string, call: string, isUsed: (id: string) => boolean): string
  parseArguments(text: string): Parsed
  checkArguments(tool: AnyTool, args: Json): ErrorDetail | undefined
  checkOutput(tool: AnyTool, value: unknown): Outcome<Json>

  /** The idempotency key of a call. */
  keyOf(session: string, call: string): string
  /** The key an attempt carries. */
  attemptKey(intent: Intent, attempt: number): string
  /** The earlier call of unknown outcome that a proposal asks for again; `isTaken` are those that this batch already matched. */
  matchIntent: typeof matchIntent

  readonly approval: ApprovalParts

  /** Milliseconds an attempt may take. */
  timeoutOf(tool: AnyTool): number
  /** What a parent learns of a subagent that ended. */
  reportOf(result: RunResult, deeds: Deeds): Outcome<Json>
  /** What an attempt's ending means. */
  outcomeOf(ending: Ending, tool: AnyTool): Outcome
  retry: typeof retry
  retryable(error: ErrorDetail): boolean
  admitAttempt: typeof admit
  countAttempt: typeof count

  /** Whether the batch may be left and committed. */
  batchDone(batch: Batch): boolean
  /** The results of a batch, in the order in which the model sees them. */
  resultsOf(batch: Batch, render: (call: CallState) => string): readonly Committed[]
  /** The text of one result. */
  render(call: CallState): string
  /** Whether what a grant says lets a call with this input go on. */
  permits(grant: Grants[string], input: Json): boolean
  /** Whether what a guard said lets its subject go on. */
  letsThrough(verdict: GuardVerdict): boolean
  /** Whether a text holds what must not leave. */
  leaks(guards: GuardPolicy, text: string): boolean
  /** A text from outside, as the model is shown it. */
  fence(text: string, path: string): string
  /** A committed batch as the messages of the conversation. */
  messagesOf(calls: readonly CallState[], text: string, results: readonly Committed[]): readonly Message[]
  /** What of the conversation is shown or let go together. */
  unitsOf(messages: readonly Message[]): readonly (readonly Message[])[]
  /** Remembered items in the order in which a prompt shows them; they come in the order of their commits. */
  readOrder<T extends { readonly at: number; readonly text: string }>(items: readonly T[]): readonly T[]
  /** What a result that arrived after its attempt ended changes. */
  takeLate(state: RunState, call: CallState, event: LogEvents['late-result']): void

  /** What a sink may see of a value, as far as these secrets are known. */
  mask(value: unknown, secrets: readonly string[]): unknown
  /** Hands a line to a sink; `failed` is told when it could not take it. */
  tell(sink: Sink, line: LogLine, failed: () => void): void

  /** Whether a step of the saga is registered at this moment. */
  registersAt(moment: StepMoment): boolean
  /** The next step to compensate, after an abort. */
  nextUndo(state: RunState): SagaStep | undefined
}

/** What decides in a run: the agent's declarations and the parts it is composed of. */
export interface Rules {
  readonly agent: Agent<unknown>
  readonly parts: Parts
}

/** The correct runtime. */
export const defaultParts: Parts = {
  decide,
  turnBudget: (limits) => limits.turns,
  conclude,
  writesNow: () => true,
  recall: (events) => events,
  recorded: (events) => events,
  judgeAnswer,
  idOf,
  parseArguments,
  checkArguments,
  checkOutput,
  keyOf,
  attemptKey,
  matchIntent,
  approval: approvalParts,
  timeoutOf: (tool) => tool.timeoutMs,
  reportOf,
  outcomeOf,
  retry,
  retryable: isRetryable,
  admitAttempt: admit,
  countAttempt: count,
  batchDone: allSettled,
  resultsOf: resultsInCallOrder,
  render,
  permits,
  letsThrough: (verdict) => verdict === 'pass' || verdict === 'flag',
  leaks: (guards, text) => guards.leaks(text),
  fence,
  messagesOf,
  unitsOf,
  readOrder: (items) => items,
  takeLate,
  mask,
  tell: tellSafely,
  registersAt,
  nextUndo,
}

/** The parts of this agent: its own where it brings some. */
export const rulesOf = (agent: Agent<unknown>): Rules => ({ agent, parts: { ...defaultParts, ...agent.parts } })
