/** A run in progress: the rules, the ports, the log and the state it amounts to. */

import type { Approvals } from '../core/approval.js'
import type { Clock, Random } from '../core/clock.js'
import type { LogEvent } from '../core/event.js'
import type { Model } from '../core/model.js'
import type { ErrorDetail } from '../core/outcome.js'
import type { Sink } from '../core/sink.js'
import type { Store } from '../core/store.js'
import type { Agent } from './agent.js'
import type { Journal } from './journal.js'
import type { Rules } from './parts.js'
import type { RunRequest, runSession } from './run-session.js'
import type { RunState, Wait } from './state.js'
import { pause, type Waiter } from './timed.js'
import type { Observer } from './trace/observe.js'

/** Everything outside: the only way a run touches the world. */
export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly model: Model
  /** How people are asked to approve, and how they answer. */
  readonly approvals?: Approvals | undefined
  /** Told of what becomes durable, beside the agent's own. */
  readonly sinks?: readonly Sink[] | undefined
  /** What a thrown error says, for the sinks; absent: they are not told. A world's history has no place for an engine's words. */
  readonly wordsOf?: ((error: unknown) => string | undefined) | undefined
  /** Runs what a subagent's session does with an outside of its own; absent: with the same. */
  readonly child?: Within | undefined
  /** Speaks once the parent that lent these ports was overtaken, or could not write its log: the run is not to go on. */
  readonly overtaken?: AbortSignal | undefined
}

export type Within = <T>(session: string, agent: Agent<unknown>, body: (ports: Ports) => Promise<T>) => Promise<T>

export interface Run extends Rules, Waiter, Pick<RunRequest, 'session' | 'prompt' | 'onPartial' | 'history'> {
  readonly epoch: number
  readonly ports: Ports
  readonly state: RunState
  readonly journal: Journal
  /** Tells the sinks what was thrown; absent: there are none. */
  readonly blame: Observer['blame'] | undefined
  /** The id of the trace that all it does is part of. */
  readonly trace: string
  /** Runs the session of a subagent. */
  readonly inside: typeof runSession
}

type Again = (() => LogEvent) | undefined

/**
 * The one retry decision of model calls, calls and compensations: what makes the record of the wait before the next attempt,
 * if there is to be one. Its jitter is drawn under the operation's label. `deadline`: the run's, unless it is not bound by that.
 */
export function retrying(run: Run, op: string, attempt: number, error: ErrorDetail, deadline?: number): Again {
  const { agent, clock, parts, ports, state } = run
  const jitter = ports.random.below(`retry/${op}/a${attempt}`, agent.retry.jitterMs + 1)
  const decision = parts.retry(
    agent.retry,
    { attempt, error, jitter, deadline: deadline ?? state.deadline },
    clock.now(),
    parts.retryable,
  )
  if (decision.kind === 'stop') return undefined
  const { delayMs } = decision
  return () => ({ type: 'retry-scheduled', op, attempt, delayMs, error, at: clock.now() })
}

/** Waits out what the log ordered, or what is left of it after a crash. Only a compensation waits on in a cancelled run. */
export async function waitOut(run: Run, wait: Wait | undefined, isCancellable = true): Promise<void> {
  if (!wait || (isCancellable && run.state.cancelled)) return
  const left = Math.min(wait.until - run.clock.now(), wait.delayMs)
  if (left > 0) await pause(run, left, isCancellable)
}
