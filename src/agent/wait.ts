/** A run and its outside: how it waits, how answers come in, and what the log says of its caller's wishes and the tools on offer. */

import type { LogEvent } from '../core/event.js'
import type { Json } from '../core/json.js'
import type { Verdict } from './admission.js'
import type { Run } from './run.js'
import type { RunResult } from './run-session.js'
import type { CallState, Handlers, RunState } from './state.js'

/** A call that waits, and for what: `answer`, `approval`, … */
export interface WaitsFor {
  readonly call: string
  readonly for: string
  readonly tool: string
  readonly args: Json
  /** The name of the approval that is waited for. */
  readonly approval?: string
  /** What the tool wants to know: the answer is the `value` of the decision. */
  readonly question?: Json
}

export interface Awaiting {
  readonly call: CallState
  readonly wait: Extract<Verdict, { readonly wait: unknown }>['wait']
}

/** Written when nothing else of the batch can go on. `until` is the first moment at which a wait ends by itself. */
export function runWaiting(run: Run, awaiting: readonly Awaiting[]): LogEvent {
  const ends = awaiting.flatMap(({ wait }) => wait.until ?? [])
  const calls = awaiting.map(({ call, wait }) => ({ call: call.intent.call, for: wait.for }))
  const until = ends.length > 0 ? { until: Math.min(...ends) } : {}
  return { type: 'run-waiting', calls, ...until, at: run.clock.now() }
}

export function waitingResult({ state, clock }: Run): RunResult {
  const waitsFor = (state.waiting?.calls ?? []).map(({ call, for: what }): WaitsFor => {
    const intent = state.calls.get(call)?.intent
    const approval = what === 'approval' ? state.approvals.get(call)?.request : undefined
    const { tool = '', args = null } = intent ?? {}
    const { question } = approval ?? {}
    const asked = { ...(approval && { approval: approval.approval }), ...(question !== undefined && { question }) }
    return { call, for: what, tool, args, ...asked }
  })
  const until = state.waiting?.until
  const ends = until === undefined ? {} : { endsInMs: Math.max(0, until - clock.now()) }
  const ignored = state.ignored.length > 0 && { ignored: state.ignored }
  return { status: 'waiting', text: '', reason: 'waiting', residue: [], waitsFor, ...ends, ...ignored }
}

/** Answers to open questions become part of the log; others, and second ones, are not heard. */
export function takeAnswers({ state, journal }: Run, answers: Readonly<Record<string, string>> = {}): Promise<void> {
  return journal.append(() =>
    Object.entries(answers).flatMap(([call, answer]): readonly LogEvent[] => {
      const isOpen = state.calls.has(call) && state.calls.get(call)?.phase !== 'settled' && !state.answers.has(call)
      return isOpen && typeof answer === 'string' ? [{ type: 'answer-given', call, answer }] : []
    }),
  )
}

type Outside = 'run-waiting' | 'answer-given' | 'tools-offered' | 'fallback-used'

export const outsideHandlers: Handlers<Outside> = {
  'run-waiting': (state, event) => {
    state.waiting = event
  },
  'answer-given': (state, { call, answer }) => {
    state.answers.set(call, answer)
  },
  'tools-offered': (state, { tools }) => {
    state.offered = tools
  },
  'fallback-used': () => {},
}

/** Another incarnation goes on, or a run that waited. */
export const resumed = ({ epoch, clock }: Run): LogEvent => ({ type: 'run-resume', epoch, at: clock.now() })

/** A run that waited goes on: the time it stood still is not its own. The clock may be another one than before. */
export function endWaiting(state: RunState, now: number): void {
  if (!state.waiting) return
  state.startedAt = now - (state.waiting.at - state.startedAt)
  state.deadline = state.startedAt + (state.start?.limits.timeMs ?? 0)
  state.waiting = undefined
}

/** Watches the signal while the run's promise is open; the returned function lets go of it. */
export function heed(run: Run, signal: AbortSignal | undefined): () => void {
  const listen = (): void => void requestCancel(run).catch(() => {})
  signal?.addEventListener('abort', listen)
  return () => signal?.removeEventListener('abort', listen)
}

/** Whether the signal spoke before the run was in a state to hear it. */
export const isUnheard = ({ state }: Run, signal: AbortSignal | undefined): boolean =>
  signal?.aborted === true && canStop(state)

const canStop = (state: RunState): boolean => state.present && !state.cancelled && !state.end

/** A log that cannot be written stops the run elsewhere. */
export async function requestCancel(run: Run): Promise<void> {
  const { state, journal, clock } = run
  await journal.append(() => (canStop(state) ? [{ type: 'cancel-requested', at: clock.now() }] : []))
  for (const waiting of [...run.live]) waiting.cancel?.()
}
