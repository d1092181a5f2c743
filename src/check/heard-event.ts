/** What a user's promise can hear: the events of a history that mean something outside of it, each with the fields that are promised. */

import type { Applied } from '../core/backend.js'
import type { EventOf, RunStatus } from '../core/event.js'
import type { GuardName, GuardVerdict } from '../core/guard.js'
import type { Json } from '../core/json.js'
import type { Message, ProposedCall } from '../core/message.js'
import type { ErrorClass, OutcomeKind } from '../core/outcome.js'
import { ownCopy } from '../core/own-copy.js'

/**
 * By name, with the fields beside `type`, `seq` (the place in the history) and `vt` (virtual milliseconds since the trial began).
 * `call` is the path of a call, `t3.c0`; those marked *own* come from an agent on stormproof's runtime alone.
 */
export interface HeardEvents {
  /** The run of the agent begins. `prompt` is empty where the agent is called as it is. */
  'run-start': { session: string; agent: string; prompt: string }
  /** It has ended. `reason`: `stop`, `deadline`, `returned`, the class of what was thrown. */
  'run-end': { status: RunStatus; reason: string; text: string }
  /** What whoever called the agent got; `waiting`: nothing, until the world came to rest. */
  'run-settled': { status: RunStatus | 'waiting'; reason: string; result: Json | undefined }
  /** *Own.* Somebody asked the run to stop. */
  'cancel-requested': {}
  /** *Own.* It can only go on when these calls get what they wait for. */
  'run-waiting': { calls: readonly { readonly call: string; readonly for: string }[] }
  /** The process of the agent is gone; `epoch` counts its lives, from 1. */
  crash: { epoch: number }
  /** It lives again. */
  restart: { epoch: number }
  /** Life `epoch` begins while an earlier one goes on. */
  overlap: { epoch: number }

  /** What the model was sent. `tools`: the names of those that were offered. */
  'prompt-received': { turn: number; attempt: number; messages: readonly Message[]; tools: readonly string[] }
  /** What it sent back. `complete` is false for an answer cut short, an error status, and one that never came. */
  'model-answered': {
    turn: number
    attempt: number
    text: string
    calls: readonly ProposedCall[]
    complete: boolean
    status: number
  }
  /** *Own.* So many tokens (and units of cost) were charged to the budget of the run. */
  'budget-charged': { turn: number; tokens: number; cost: number }
  /** *Own.* Prompts grew too long: their estimate in tokens before and after something was let go. */
  'context-compacted': { turn: number; before: number; after: number; limit: number }
  /** *Own.* A result was found to be bad: no later prompt shows it. */
  'result-retracted': { call: string; reason: string }
  /** *Own.* What a guard said of a call (`t3.c0`), an answer (`t3`) or a memory. */
  'guard-verdict': { guard: GuardName; subject: string; verdict: GuardVerdict }

  /** *Own.* The call was refused before anything ran. */
  'call-rejected': { call: string; tool: string; error: HeardError }
  /** *Own.* An attempt of a call begins, under this idempotency key. */
  'attempt-start': { call: string; tool: string; attempt: number; key: string }
  /** *Own.* It has ended; `unknown`: nobody knows whether it took effect. */
  'attempt-end': { call: string; tool: string; attempt: number; outcome: OutcomeKind; error: HeardError | undefined }
  /** *Own.* The call has its result. `note`: where it comes from when no attempt gave it, such as a cache. */
  'call-settled': { call: string; tool: string; outcome: OutcomeKind; attempts: number; note: string | undefined }
  /** *Own.* A result came after its attempt had ended. */
  'late-result': { call: string; tool: string; attempt: number; outcome: OutcomeKind }
  /** What `execute` of a tool gave to whoever called it; `value` where it is JSON. */
  'tool-returned': { call: string; tool: string; attempt: number; outcome: 'ok' | 'threw'; value: Json | undefined }
  /** *Own.* `op` (`t3` of the model, `t3.c0` of a call) will be tried again in so long. */
  'retry-scheduled': { op: string; attempt: number; delayMs: number; error: HeardError }
  /** *Own.* A breaker opens, closes, or lets one attempt through. */
  'breaker-moved': { key: string; from: BreakerState; to: BreakerState }
  /** *Own.* Another tool answers for one whose service is away. */
  'fallback-used': { call: string; tool: string; by: string }

  /** A request reached a backend. `site` names it: its answer has the same. `call` is undefined where it belongs to the run alone. */
  'request-arrived': HeardRequest & { kind: 'read' | 'write'; attempt: number | undefined }
  /** Its answer reached whoever waits; `late`: nobody waits any more. */
  'request-answered': {
    backend: string
    operation: string
    site: string
    outcome: OutcomeKind | 'late'
    status: number
    text: string
  }
  /**
   * A write of any backend took effect; one that is heard by its own name, `'shop.refund'` with typed input, is not heard here too.
   * `once` names the effect that was meant.
   */
  'effect-applied': HeardRequest & { effect: number; once: string }
  /** The effect with this number was taken back, by this request. */
  'effect-compensated': HeardRequest & { effect: number }

  /** *Own.* A call waits for these people. */
  'approval-requested': {
    approval: string
    call: string
    tool: string
    approvers: readonly string[]
    expiresAt: number
  }
  /** *Own.* A decision that counts. */
  'approval-decided': { approval: string; by: string; decision: 'approve' | 'deny' }
  /** *Own.* Nobody decided in time. */
  'approval-expired': { approval: string; call: string }
  /** *Own.* The user said this besides the prompt. */
  'message-given': { number: number; text: string }
  /** *Own.* The user's answer to a question of the model. */
  'answer-given': { call: string; answer: string }

  /** *Own.* The saga will be undone, and why. */
  'saga-abort': { cause: string }
  /** *Own.* What a call did is about to be undone. */
  'compensation-start': { call: string; tool: string; attempt: number }
  /** *Own.* It was, or not. */
  'compensation-end': { call: string; tool: string; attempt: number; outcome: OutcomeKind }
  /** *Own.* `residue`: the calls whose effect remains, or may. */
  'saga-end': { status: 'committed' | 'compensated' | 'needs-intervention'; residue: readonly string[] }
  /** *Own.* A subagent begins with this task. */
  'subagent-start': { call: string; tool: string; session: string; task: string }
  /** *Own.* It has ended. */
  'subagent-end': { call: string; session: string; status: RunStatus; reason: string }
  /** *Own.* The session keeps these for other sessions. */
  'memory-stored': { ids: readonly string[] }

  /** A fault made a difference. `site`: where; `detail`: its parameter. */
  'fault-landed': { fault: string; site: string; detail: string }
  /** From here on nothing goes wrong any more. */
  'storm-end': {}
  /** A promise of the agent was rejected, and nobody heard of it. */
  'unhandled-rejection': { text: string }
}

/** An error as the runtime classed it. */
export interface HeardError {
  readonly class: ErrorClass
  readonly text: string
}
export interface HeardRequest {
  readonly backend: string
  readonly operation: string
  readonly site: string
  readonly input: unknown
  readonly key: string | undefined
  readonly call: string | undefined
}
type BreakerState = 'closed' | 'open' | 'half-open'

/** One event as a user's promise is given it. */
export type HeardEvent<K extends keyof HeardEvents = keyof HeardEvents> = {
  [T in K]: { readonly type: T; readonly seq: number; readonly vt: number } & Readonly<HeardEvents[T]>
}[K]

export type HeardByName = { readonly [K in keyof HeardEvents]: HeardEvent<K> }

type Telling = { readonly [K in keyof HeardEvents]: (event: EventOf<K>) => HeardEvents[K] }

const errorIn = ({ class: kind, text }: HeardError): HeardError => ({ class: kind, text })
const request = ({ backend, operation, site, input, key, call }: HeardRequest): HeardRequest => ({
  ...{ backend, operation, site, input, key, call },
})

/** What is told of each event: a new one that users can hear is a line of the types, and a line here. */
const telling: Telling = {
  'run-start': ({ session, agent, prompt }) => ({ session, agent, prompt }),
  'run-end': ({ status, reason, text }) => ({ status, reason, text }),
  'run-settled': ({ status, reason, result }) => ({ status, reason, result }),
  'cancel-requested': () => ({}),
  'run-waiting': ({ calls }) => ({ calls }),
  crash: ({ epoch }) => ({ epoch }),
  restart: ({ epoch }) => ({ epoch }),
  overlap: ({ epoch }) => ({ epoch }),
  'prompt-received': ({ turn, attempt, messages, tools }) => ({ turn, attempt, messages, tools }),
  'model-answered': ({ turn, attempt, text, calls, complete, status }) => ({
    ...{ turn, attempt, text, calls, complete, status },
  }),
  'budget-charged': ({ turn, tokens, cost }) => ({ turn, tokens, cost }),
  'context-compacted': ({ turn, before, after, limit }) => ({ turn, before, after, limit }),
  'result-retracted': ({ call, reason }) => ({ call, reason }),
  'guard-verdict': ({ guard, subject, verdict }) => ({ guard, subject, verdict }),
  'call-rejected': ({ call, tool, error }) => ({ call, tool, error: errorIn(error) }),
  'attempt-start': ({ call, tool, attempt, key }) => ({ call, tool, attempt, key }),
  'attempt-end': ({ call, tool, attempt, outcome, error }) => ({
    ...{ call, tool, attempt, outcome, error: error && errorIn(error) },
  }),
  'call-settled': ({ call, tool, outcome, attempts, note }) => ({ call, tool, outcome, attempts, note }),
  'late-result': ({ call, tool, attempt, outcome }) => ({ call, tool, attempt, outcome }),
  'tool-returned': ({ call, tool, attempt, outcome, value }) => ({ call, tool, attempt, outcome, value }),
  'retry-scheduled': ({ op, attempt, delayMs, error }) => ({ op, attempt, delayMs, error: errorIn(error) }),
  'breaker-moved': ({ key, from, to }) => ({ key, from, to }),
  'fallback-used': ({ call, tool, by }) => ({ call, tool, by }),
  'request-arrived': (event) => ({ ...request(event), kind: event.kind, attempt: event.attempt }),
  'request-answered': ({ backend, operation, site, outcome, status, text }) => ({
    ...{ backend, operation, site, outcome, status, text },
  }),
  'effect-applied': (event) => ({ ...request(event), effect: event.effect, once: event.once }),
  'effect-compensated': (event) => ({ ...request(event), effect: event.effect }),
  'approval-requested': ({ approval, call, tool, approvers, expiresAt }) => ({
    ...{ approval, call, tool, approvers, expiresAt },
  }),
  'approval-decided': ({ approval, by, decision }) => ({ approval, by, decision }),
  'approval-expired': ({ approval, call }) => ({ approval, call }),
  'message-given': ({ number, text }) => ({ number, text }),
  'answer-given': ({ call, answer }) => ({ call, answer }),
  'saga-abort': ({ cause }) => ({ cause }),
  'compensation-start': ({ call, tool, attempt }) => ({ call, tool, attempt }),
  'compensation-end': ({ call, tool, attempt, outcome }) => ({ call, tool, attempt, outcome }),
  'saga-end': ({ status, residue }) => ({ status, residue }),
  'subagent-start': ({ call, tool, session, task }) => ({ call, tool, session, task }),
  'subagent-end': ({ call, session, status, reason }) => ({ call, session, status, reason }),
  'memory-stored': ({ ids }) => ({ ids }),
  'fault-landed': ({ fault, site, detail }) => ({ fault, site, detail }),
  'storm-end': () => ({}),
  'unhandled-rejection': ({ text }) => ({ text }),
}

export const heardTypes = Object.keys(telling) as readonly (keyof HeardEvents)[]

export const isHeard = (type: string): type is keyof HeardEvents => Object.hasOwn(telling, type)

/** What a user's promise is given of an event: a copy that cannot be written to. */
export function heard<K extends keyof HeardEvents>(event: EventOf<K>): HeardEvent<K> {
  const tell = telling[event.type as K] as (event: EventOf<K>) => HeardEvents[K]
  const { type, seq, vt } = event
  return ownCopy({ type, seq, vt, ...tell(event) }) as unknown as HeardEvent<K>
}

/** What is told of a write of one's own backends under its own name: a line of the ledger, as it was when it was applied. */
export type HeardEffect<I = unknown> = { readonly seq: number; readonly vt: number } & Applied<I>

export const heardEffect = ({ seq, vt, input, key }: EventOf<'effect-applied'>): HeardEffect =>
  ownCopy({ seq, vt, input, key, at: vt, compensated: false })
