/** The entry `stormproof/runtime`: durable agents on real time, without the simulator. */

import type { Agent } from './agent/agent.js'
import { fold } from './agent/fold.js'
import { rulesOf } from './agent/parts.js'
import { type RunResult, runSession } from './agent/run-session.js'
import { RunState } from './agent/state.js'
import type { Approvals, Decision } from './core/approval.js'
import { requireFields, requireMade } from './core/definition.js'
import { StormproofError } from './core/error.js'
import { errorWords } from './core/error-words.js'
import type { Model } from './core/model.js'
import type { Sink } from './core/sink.js'
import type { Store } from './core/store.js'
import { type ListingStore, type Recovered, recover, type Unfinished } from './platform/recover.js'
import { systemClock } from './platform/system-clock.js'
import { systemRandom } from './platform/system-random.js'
import { type LanePolicy, laned } from './resilience/lanes.js'
import { routing } from './resilience/route.js'

export { type Agent, defineAgent } from './agent/agent.js'
export { Fenced } from './agent/journal.js'
export type { RunResult } from './agent/run-session.js'
export * as patterns from './agent/team/pattern.js'
export { defineTool, type Tool } from './agent/tool.js'
export { inspect, replayPrompt } from './agent/trace/replay.js'
export type { Approvals, Decision } from './core/approval.js'
export { StormproofError } from './core/error.js'
export { forkAt } from './core/fork.js'
export type { FoundItem, SemanticStore } from './core/memory.js'
export { type Model, type ModelAnswer, ModelError, type ModelRequest } from './core/model.js'
export type { LogLine, Sink } from './core/sink.js'
export { type Store, StoreError } from './core/store.js'
export { PartialEffect, ToolFailure } from './core/tool.js'
export * as verifiers from './core/verifiers.js'
export { type ChatModelOptions, chatModel } from './platform/chat-model.js'
export { fileStore } from './platform/file-store.js'
export type { ListingStore, Recovered } from './platform/recover.js'
export { semanticStore } from './platform/semantic-store.js'
export { type SqlStore, type SqlStoreOptions, sqlStore } from './platform/store/sql-store.js'
export { cached } from './resilience/cached.js'

const runFields = [
  ...['session', 'prompt', 'model', 'store', 'approvals', 'decisions', 'sinks', 'signal', 'answers'],
  ...['messages', 'onPartial', 'traceparent'],
]
const recoverFields = ['agents', 'model', 'store', 'approvals', 'sinks', 'signal', 'atOnce']

function requirePorts({ model, store }: { readonly model?: unknown; readonly store?: unknown }): void {
  requireMade('model', model, '~model', 'chatModel or fromLanguageModel')
  requireMade('store', store, '~store', 'fileStore')
}

/**
 * Starts, or resumes: the same call, with the same session. A session whose run has ended gives its result again and
 * does nothing. Rejects at once with a `config` error for what cannot be run, with `Fenced` when another process runs the
 * session, with the store's error when it stays away.
 */
export async function runAgent<T>(
  agent: Agent<T>,
  options: {
    session: string
    prompt: string
    model: Model
    store: Store
    /** Who must approve is told, and answers, through this. Without it a run that needs them waits to be run again with `decisions`. */
    approvals?: Approvals
    /** What people decided, by name of the approval; see `waitsFor`. Make sure who they are first. */
    decisions?: readonly Decision[]
    /** Where masked log lines go, beside the agent's own. */
    sinks?: readonly Sink[]
    /** Stops the run: nothing starts any more, what is in flight is aborted, a saga is undone. */
    signal?: AbortSignal
    /** What the user says to the questions of the model, by call; see `waitsFor`. */
    answers?: Readonly<Record<string, string>>
    /**
     * All that the user said since the prompt, oldest first: add to the list while the run goes on, and give it again after a crash. Each
     * message is in the log before anything else is begun, and the model is shown it in its next turn. The run ends only after the last,
     * or when its turns are used up.
     */
    messages?: readonly string[]
    /** Hears the model while it streams; what it hears is never state. */
    onPartial?: (text: string) => void
    /** W3C Trace Context of the caller. */
    traceparent?: string
  },
): Promise<RunResult> {
  requireMade('agent', agent, '~tools', 'defineAgent')
  requireFields('config', 'what runAgent is given', options, runFields)
  requirePorts(options)
  const { model, store, sinks, approvals, signal, ...request } = options
  const outside = { clock: systemClock(), random: systemRandom(), wordsOf: errorWords }
  const ports = { ...outside, store, model, sinks, approvals }
  return runSession(agent, { ...request, cancel: signal }, ports)
}

/**
 * What a process does when it starts: finds every session that an earlier process left unfinished, those that wait for people
 * too, and runs each again with the agent of its name. Tells what became of each; one that cannot be read, or was written by
 * a newer version, is reported and stops no other. Rejects with the store's error when it cannot list its sessions.
 * A session that another process is running at the moment is taken over from it.
 */
export async function recoverSessions(options: {
  agents: readonly Agent<unknown>[]
  model: Model
  store: ListingStore
  approvals?: Approvals
  sinks?: readonly Sink[]
  /** Stops all of the runs, as it would one. */
  signal?: AbortSignal
  /** Sessions that run at once, besides those that wait for people. Default 8. */
  atOnce?: number
}): Promise<readonly Recovered<RunResult>[]> {
  requireFields('config', 'what recoverSessions is given', options, recoverFields)
  requirePorts(options)
  const { agents, atOnce, ...rest } = options
  const resume = async (unfinished: Unfinished): Promise<RunResult> => {
    const agent = agents.find(({ name }) => name === unfinished.agent)
    if (!agent) throw strange(unfinished)
    // A log that this version cannot fold is found before the session is taken from whoever can.
    const [state, rules] = [new RunState(), rulesOf(agent)]
    for (const event of unfinished.events) fold(state, event, rules)
    return runAgent(agent, { ...rest, session: unfinished.session, prompt: unfinished.prompt })
  }
  return recover(options.store, resume, atOnce)
}

const strange = ({ session, agent }: Unfinished): StormproofError =>
  new StormproofError('config', `session ${session} holds a run of agent ${agent}, which is not among the agents`, {
    remedy: 'give that agent too',
  })

/**
 * One model out of several: each request goes, with its whole conversation, to the first that is not rate limited or
 * unavailable. A model with bounds has a queue for all runs that share this value: those under way go before new ones.
 */
export function route(models: readonly (Model | ({ readonly model: Model } & LanePolicy))[]): Model {
  const clock = systemClock()
  return routing(
    models.map((one) => ('model' in one ? laned(one.model, one, clock) : one)),
    clock,
  )
}
