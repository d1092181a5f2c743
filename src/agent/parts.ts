/** The decisions of the runtime, each a small function of its own: the runtime is their composition, a mutant replaces one. */

import type { Limits, LogEvent } from '../core/event.js'
import { fence } from '../core/fence.js'
import type { GuardVerdict } from '../core/guard.js'
import { mask } from '../core/mask.js'
import { tellSafely } from '../core/sink.js'
import { refusalOf } from '../core/store.js'
import { summaryIn } from '../core/summary.js'
import { isUnfinished } from '../core/unfinished.js'
import { admit, count } from '../resilience/breaker.js'
import { isRetryable, retry } from '../resilience/retry.js'
import type { Verdict } from './admission.js'
import { scheduleOf } from './advance-batch.js'
import type { Agent } from './agent.js'
import { approvalParts } from './approval/approval.js'
import { allSettled, messagesOf, render, resultsInCallOrder } from './batch-end.js'
import { compensate } from './compensate.js'
import { unitsOf } from './context/context-state.js'
import { isTooLong } from './context/prepare.js'
import { decide } from './decide.js'
import { permits } from './guard/vet.js'
import { takeLate } from './layer/execute.js'
import { limitOf, tooMany } from './limits/rate-limit.js'
import { isSpent } from './limits/spending.js'
import { attemptKey, idOf, keyOf, matchIntent } from './open-batch.js'
import type { GuardPolicy } from './policy.js'
import type { Ports } from './run.js'
import { conclude, nextUndo, registersAt } from './saga.js'
import type { RunState } from './state.js'
import { reportOf } from './team/delegate.js'
import { narrowed } from './team/subagent.js'
import type { AnyTool } from './tool.js'
import { checkArguments, checkOutput, judgeAnswer, outcomeOf, parseArguments } from './validity.js'

/** The correct runtime. */
export const defaultParts = {
  decide,
  /** Number of model calls in a run; the last one is offered no tools. */
  turnBudget: (limits: Limits): number => limits.turns,
  /** How a run ends, and why. `cause` is `stop` for the model's natural stop. */
  conclude,

  /** Why a store of ours writes nothing of an append. */
  refusal: refusalOf,
  /** What is outside, as a run meets it. */
  outside: (ports: Ports): Ports => ports,
  /** What of a log that was loaded is still to be written. */
  unwritten: (_log: readonly LogEvent[]): readonly LogEvent[] => [],
  /** Whether a process that starts goes on with the run of a log. */
  isUnfinished,

  /** Whether events are written at once; otherwise they wait for the next that are. */
  writesNow: (_events: readonly LogEvent[]): boolean => true,
  /** What of the events made for one append is written. */
  recorded: (events: readonly LogEvent[]): readonly LogEvent[] => events,
  /** What a resume folds of the loaded log. */
  recall: (events: readonly LogEvent[]): readonly LogEvent[] => events,
  /** Whether a model's answer is one the run can go on with. */
  judgeAnswer,
  /** The id under which a call stands in the conversation. */
  idOf,
  parseArguments,
  checkArguments,
  checkOutput,
  keyOf,
  /** The key an attempt carries. */
  attemptKey,
  /** The earlier call of unknown outcome that a proposal asks for again. */
  matchIntent,
  approval: approvalParts,
  /** Milliseconds an attempt may take. */
  timeoutOf: (tool: AnyTool): number => tool.timeoutMs,
  /** Calls a minute that a tool with a limit admits. */
  limitOf,
  overLimit: (tool: AnyTool, afterMs: number | undefined): Verdict => tooMany(tool, afterMs),
  isSpent,
  narrowed,
  /** What a parent learns of a subagent that ended. */
  reportOf,
  /** What an attempt's ending means. */
  outcomeOf,
  retry,
  retryable: isRetryable,
  admitAttempt: admit,
  countAttempt: count,
  /** Whether the batch may be left and committed. */
  batchDone: allSettled,
  scheduleOf,
  /** The results of a batch, in the order in which the model sees them. */
  resultsOf: resultsInCallOrder,
  render,
  /** Whether what a grant says lets a call with this input go on. */
  permits,
  /** Whether what a guard said lets its subject go on. */
  letsThrough: (verdict: GuardVerdict): boolean => verdict === 'pass' || verdict === 'flag',
  /** Whether a text holds what must not leave. */
  leaks: (guards: GuardPolicy, text: string): boolean => guards.leaks(text),
  /** A text from outside, as the model is shown it. */
  fence,
  /** A committed batch as the messages of the conversation. */
  messagesOf,
  isTooLong,
  summaryIn,
  /** What of the conversation is shown or let go together. */
  unitsOf,
  /** Remembered items in the order in which a prompt shows them; they come in the order of their commits. */
  readOrder: <T extends { readonly at: number; readonly text: string }>(items: readonly T[]): readonly T[] => items,
  /** What a result that arrived after its attempt ended changes. */
  takeLate,
  /** What the wish to stop changes, beside letting go of what is done now. */
  stopHere: (state: RunState): void => void Object.assign(state, { cancelled: true, waiting: undefined }),
  /** What a sink may see of a value, as far as these secrets are known. */
  mask,
  /** Hands a line to a sink, and hears when the sink could not take it. */
  tell: tellSafely,
  /** Whether a step of the saga is registered at this moment. */
  registersAt,
  /** The next step to compensate, after an abort. */
  nextUndo,
  undo: compensate,
}

export type Parts = Readonly<typeof defaultParts>

/** What decides in a run: the agent's declarations and the parts it is composed of. */
export interface Rules {
  readonly agent: Agent<unknown>
  readonly parts: Parts
}

/** The parts of this agent: its own where it brings some. */
export const rulesOf = (agent: Agent<unknown>): Rules => ({ agent, parts: { ...defaultParts, ...agent.parts } })
