/** Runs a session from whatever its log holds to its end: a fresh run is a resume from the empty log. */

import type { Decision } from '../core/approval.js'
import { came, requireThat } from '../core/definition.js'
import type { LogEvent, RunStatus } from '../core/event.js'
import type { Message } from '../core/message.js'
import { traceOf } from '../core/traceparent.js'
import type { Agent } from './agent.js'
import type { Ignored } from './approval/approval.js'
import { hear, outlast } from './approval/hear.js'
import { fold } from './fold.js'
import { needsVetting } from './guard/vet.js'
import { insist } from './insist.js'
import { Fenced, Journal } from './journal.js'
import { isSaid, takeMessages } from './message.js'
import { rulesOf } from './parts.js'
import { perform } from './perform.js'
import type { Ports, Run } from './run.js'
import { type RunEnd, RunState } from './state.js'
import { observerOf } from './trace/observe.js'
import { promptAt } from './trace/replay.js'
import { heed, isUnheard, requestCancel, takeAnswers, type WaitsFor, waitingResult } from './wait.js'

export interface RunResult extends Omit<RunEnd, 'status'> {
  readonly status: RunStatus | 'waiting'
  /** Decisions of the session that counted for nothing, and why. */
  readonly ignored?: readonly Ignored[]
  /** What a waiting run waits for: run the session again when it has come. */
  readonly waitsFor?: readonly WaitsFor[]
  /** When the wait ends by itself, in milliseconds from now; absent: never. Run the session again then. */
  readonly endsInMs?: number
}

export interface RunRequest {
  readonly session: string
  readonly prompt: string
  /** Stops the run: see `cancelled`. */
  readonly cancel?: AbortSignal | undefined
  /** What the user says to the questions of the model, by call. */
  readonly answers?: Readonly<Record<string, string>> | undefined
  /** All that the user said since the prompt, oldest first; it may grow while the run goes on. Each is shown to the model in its next turn. */
  readonly messages?: readonly string[] | undefined
  /** What people decided about requests for approval; who they are has been made sure of. */
  readonly decisions?: readonly Decision[] | undefined
  /** Hears the model while it streams; what it hears is never state. */
  readonly onPartial?: ((text: string) => void) | undefined
  /** W3C Trace Context of the caller: the run's own spans become part of its trace. */
  readonly traceparent?: string | undefined
  /** What was said before the prompt, whole turns only. */
  readonly history?: readonly Message[] | undefined
}

/**
 * Resolves with the result of the run. Rejects with `Fenced` when a later run of the session took over before this one
 * ended, with the store's error when the log could not be written: the session can then be run again.
 */
export async function runSession(agent: Agent<unknown>, request: RunRequest, ports: Ports): Promise<RunResult> {
  const live: Run['live'] = new Set()
  const abandon = (): void => live.forEach((waiting) => void waiting.abandon())
  ports.overtaken?.addEventListener('abort', abandon)
  const run = await openRun(agent, request, ports, live)
  const { state, parts } = run
  const letGo = heed(run, request.cancel)
  try {
    for (;;) {
      if (isUnheard(run, request.cancel)) await requestCancel(run)
      if (request.messages && isSaid(run, request.messages)) await takeMessages(run, request.messages)
      const action = parts.decide(state, run, run.clock.now())
      if (state.end && action.kind === 'return') return resultOf(state.end, state.ignored)
      if (action.kind === 'wait') {
        // A wish that its caller uttered meanwhile may still be on its way into the log.
        if ((await outlast(run)) || isUnheard(run, request.cancel)) continue
        return waitingResult(run)
      }
      await perform(run, action)
      if (action.kind !== 'resume') continue
      await takeAnswers(run, request.answers)
      await hear(run, request.decisions)
    }
  } catch (error) {
    abandon()
    if (error instanceof Fenced) return storedResult(run, error)
    throw error
  } finally {
    letGo()
  }
}

async function openRun(agent: Agent<unknown>, request: RunRequest, given: Ports, live: Run['live']): Promise<Run> {
  const { session, prompt, onPartial, traceparent, history } = request
  const rules = rulesOf(agent)
  const problem = `a run needs a session and a prompt; ${came(session)} and ${came(prompt)} came`
  requireThat(isText(session) && isText(prompt), problem, 'give both')
  const ports = rules.parts.outside(given)
  const { store, clock } = ports
  const requireOwn = (log: readonly LogEvent[]): void => requireSame(log, request, agent)
  const loaded = await insist({ clock, live }, () => store.open(session, requireOwn))
  // A store that others wrote may know of no such question.
  requireOwn(loaded.events)
  const state = new RunState()
  for (const event of rules.parts.recall(loaded.events)) fold(state, event, rules)
  state.present = false
  const { writesNow, recorded, unwritten } = rules.parts
  const observer = observerOf(rules, ports, request, loaded.events)
  const take = (event: Parameters<typeof fold>[1]): void => {
    fold(state, event, rules)
    observer?.take(event, () => promptAt(rules, state))
  }
  const outside = { session, store, clock, live, take, writesNow, recorded }
  const journal = new Journal(outside, loaded, unwritten(loaded.events))
  return {
    parts: rules.parts,
    epoch: loaded.epoch,
    onPartial: needsVetting(agent) ? undefined : onPartial,
    trace: traceOf(session, traceparent),
    inside: runSession,
    blame: observer?.blame,
    ...{ agent, session, prompt, ports, state, journal, clock, live, history },
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** Asked before the session is taken: a mistaken call must not fence the run that it is no part of. */
function requireSame(log: readonly LogEvent[], { session, prompt }: RunRequest, agent: Agent<unknown>): void {
  const start = log.find((event) => event.type === 'run-start')
  if (!start) return
  const isSame = start.agent === agent.name && start.prompt === prompt
  const problem = `session ${session} holds a run of agent ${start.agent} with another prompt`
  requireThat(isSame, problem, 'use a session of its own for every task')
}

/** A run that was overtaken and has ended since gives the same answer to both its callers. */
async function storedResult(run: Run, fenced: Fenced): Promise<RunResult> {
  const { events } = await insist(run, () => run.ports.store.read(run.session))
  const end = events.findLast((event) => event.type === 'run-end')
  if (!end) throw fenced
  return resultOf(end)
}

const resultOf = (
  { status, text, reason, residue, handOff, error }: RunEnd,
  ignored: readonly Ignored[] = [],
): RunResult => ({
  ...{ status, text, reason, residue },
  ...(handOff && { handOff }),
  ...(error && { error }),
  ...(ignored.length > 0 && { ignored }),
})
