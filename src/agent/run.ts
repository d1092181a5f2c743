/** A run in progress: the rules, the ports, the log and the state it amounts to. */

import type { Clock, Random } from '../core/clock.js'
import type { LogEvent } from '../core/event.js'
import type { Model } from '../core/model.js'
import type { ErrorDetail } from '../core/outcome.js'
import type { Store } from '../core/store.js'
import type { RetryDecision } from '../resilience/retry.js'
import type { Journal } from './journal.js'
import type { Rules } from './parts.js'
import type { RunState, Wait } from './state.js'
import { pause, type Waiting } from './timed.js'

/** Everything outside: the only way a run touches the world. */
export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly model: Model
}

export interface Run extends Rules {
  readonly session: string
  readonly prompt: string
  readonly epoch: number
  readonly ports: Ports
  readonly state: RunState
  readonly journal: Journal
  readonly live: Set<Waiting>
}

/** The one retry decision of model calls, calls and compensations; its jitter is drawn under the operation's label. */
export function decideRetry(
  run: Run,
  operation: string,
  attempt: number,
  error: ErrorDetail,
  deadline: number,
): RetryDecision {
  const { agent, parts, ports } = run
  const jitter = ports.random.below(`retry/${operation}/a${attempt}`, agent.retry.jitterMs + 1)
  return parts.retry(agent.retry, { attempt, error, jitter, deadline }, ports.clock.now(), parts.retryable)
}

/** The record of a wait before the next attempt. */
export function retryScheduled(run: Run, op: string, attempt: number, error: ErrorDetail, delayMs: number): LogEvent {
  return { type: 'retry-scheduled', op, attempt, delayMs, error, at: run.ports.clock.now() }
}

/** Waits out what the log ordered, or what is left of it after a crash. */
export async function waitOut(run: Run, wait: Wait | undefined): Promise<void> {
  if (!wait) return
  const left = Math.min(wait.until - run.ports.clock.now(), wait.delayMs)
  if (left > 0) await pause(run.ports.clock, run.live, left)
}
