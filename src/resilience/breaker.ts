/** A circuit breaker: consecutive failures open it, one probe may close it. Pure: state and input in, state and decision out. */

import type { ErrorClass, Outcome } from '../core/outcome.js'

export interface BreakerPolicy {
  /** Consecutive counted failures that open it. */
  readonly failures: number
  /** How long it stays open before a probe is let through. */
  readonly resetMs: number
  /** What is counted. Default `attempt`; `call` counts a call with all its attempts once. */
  readonly countUnit?: 'attempt' | 'call'
  /** One state for all instances, in a cell of the store. Default false: each session has its own, in its log. */
  readonly shared?: boolean
}

export type BreakerKind = 'closed' | 'open' | 'half-open'

export interface BreakerState {
  readonly kind: BreakerKind
  /** Consecutive counted failures while closed. */
  readonly failures: number
  readonly openedAt: number
  /** Grows with every move: results of attempts of an earlier generation move nothing. */
  readonly generation: number
  /** The one attempt in flight while half-open. */
  readonly probe: string | undefined
}

export const closedBreaker: BreakerState = { kind: 'closed', failures: 0, openedAt: 0, generation: 0, probe: undefined }

/** How a breaker stands after it was asked, and what it said. */
export type Admission<S = BreakerState> = readonly [S, 'admitted' | 'refused']

/** May this attempt start? `open` turns `half-open` here, when its time is up and somebody asks. */
export function admit(policy: BreakerPolicy, state: BreakerState, attempt: string, now: number): Admission {
  if (state.kind === 'closed') return [state, 'admitted']
  if (state.kind === 'half-open') {
    if (state.probe === attempt) return [state, 'admitted']
    return state.probe === undefined ? [{ ...state, probe: attempt }, 'admitted'] : [state, 'refused']
  }
  if (now - state.openedAt < policy.resetMs) return [state, 'refused']
  return [{ ...state, kind: 'half-open', generation: state.generation + 1, probe: attempt }, 'admitted']
}

/** What the end of an attempt says about the health of what it called. */
export type Health = 'ok' | 'failed' | 'neutral'

export interface EndedAttempt {
  readonly attempt: string
  /** The breaker's generation when the attempt started. */
  readonly generation: number
  readonly health: Health
}

/** Counts an attempt that ended. Stragglers of an earlier generation change nothing, nor do they move `openedAt`. */
export function count(policy: BreakerPolicy, state: BreakerState, ended: EndedAttempt, now: number): BreakerState {
  if (ended.generation !== state.generation || state.kind === 'open') return state
  if (state.kind === 'closed') {
    if (ended.health === 'neutral') return state
    if (ended.health === 'ok') return state.failures === 0 ? state : { ...state, failures: 0 }
    const failures = state.failures + 1
    return failures < policy.failures ? { ...state, failures } : opened(state, failures, now)
  }
  if (ended.attempt !== state.probe) return state
  if (ended.health === 'neutral') return { ...state, probe: undefined }
  if (ended.health === 'failed') return opened(state, state.failures, now)
  return { ...closedBreaker, generation: state.generation + 1 }
}

function opened(state: BreakerState, failures: number, now: number): BreakerState {
  return { kind: 'open', failures, openedAt: now, generation: state.generation + 1, probe: undefined }
}

/** A definite refusal comes from a service that works; bad arguments and cancellations say nothing about it. */
const mute = new Set<ErrorClass>(['invalid-args', 'unknown-tool', 'permanent', 'refused', 'breaker-open', 'cancelled'])

export function healthOf(outcome: Outcome): Health {
  if (outcome.kind === 'ok') return 'ok'
  return mute.has(outcome.error.class) ? 'neutral' : 'failed'
}

export interface SharedBreaker extends BreakerState {
  /** When the probe got its place, and when that is free again, whoever holds it. */
  readonly probeFrom: number
  readonly probeUntil: number
  /** The last attempts that changed something. */
  readonly counted: readonly string[]
}

const remembered = 64
const fresh: SharedBreaker = { ...closedBreaker, probeFrom: 0, probeUntil: 0, counted: [] }

/** A cell that nobody wrote, or whose contents are no breaker, is a closed one. */
export const sharedBreaker = (value: unknown): SharedBreaker =>
  Array.isArray((value as Partial<SharedBreaker> | undefined)?.counted) ? (value as SharedBreaker) : fresh

/** Asks `admit`. `probeMs` after it got its place a probe loses it, and what it says then moves nothing: its holder may be dead. */
export function askShared(
  admit: (state: BreakerState, at: number) => Admission,
  before: SharedBreaker,
  at: number,
  probeMs: number,
): Admission<SharedBreaker> {
  const rewound = at < before.openedAt ? { ...before, openedAt: at } : before
  const isHeld = rewound.kind !== 'half-open' || (at < rewound.probeUntil && at >= rewound.probeFrom)
  const now = isHeld ? rewound : { ...rewound, probe: undefined, generation: rewound.generation + 1 }
  const [next, verdict] = admit(now, at)
  if (next === now) return [now, verdict]
  return [{ ...now, ...next, probeFrom: at, probeUntil: at + probeMs }, verdict]
}

/** Counts an attempt by `count`, once; the same state where nothing changes. */
export function tellShared(
  count: (state: BreakerState) => BreakerState,
  before: SharedBreaker,
  name: string,
): SharedBreaker {
  if (before.counted.includes(name)) return before
  const next = count(before)
  return next === before ? before : { ...before, ...next, counted: [...before.counted, name].slice(-remembered) }
}
