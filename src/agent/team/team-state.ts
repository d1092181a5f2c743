/** What the log says of the children of a run, what they may take of its budget and time, and agents bounded so. */

import type { LogEvent, LogEvents } from '../../core/event.js'
import { charge, remainder } from '../../resilience/budget.js'
import type { Agent } from '../agent.js'
import type { Run } from '../run.js'
import type { CallState, RunState } from '../state.js'
import type { Subagent } from './subagent.js'

export interface Child {
  readonly start: LogEvents['subagent-start']
  end: LogEvents['subagent-end'] | undefined
}

export const teamHandlers = {
  'subagent-start': (state: RunState, start: LogEvents['subagent-start']): void => {
    state.children.set(start.call, { start, end: undefined })
    if (state.spending) state.spending.tokens = charge(state.spending.tokens, -(start.tokens ?? 0), 0)
  },
  'subagent-end': (state: RunState, end: LogEvents['subagent-end']): void => {
    const child = state.children.get(end.call)
    if (!child || child.end) return
    child.end = end
    state.tokens += end.tokens
    if (state.spending) state.spending.tokens = charge(state.spending.tokens, child.start.tokens ?? 0, end.tokens)
  },
}

/** An equal share, among the delegations of the batch that have not begun, of what is left; undefined: no bound. */
function shareOf(state: RunState, agent: Agent<unknown>): number | undefined {
  const open = [...state.children.values()].filter(({ end }) => !end)
  const reserved = open.reduce((sum, { start }) => sum + (start.tokens ?? 0), 0)
  const { tokens = Number.POSITIVE_INFINITY } = agent.limits
  const left = Math.min(
    state.spending ? remainder(state.spending.tokens) : Number.POSITIVE_INFINITY,
    Math.max(0, tokens - state.tokens - reserved),
  )
  if (left === Number.POSITIVE_INFINITY) return undefined
  const names = new Set(agent.tools.flatMap(({ name, subagent }) => (subagent ? [name] : [])))
  const waiting = state.batch?.calls.filter(
    ({ intent, phase }) => phase !== 'settled' && names.has(intent.tool) && !state.children.has(intent.call),
  )
  return Math.floor(left / Math.max(1, waiting?.length ?? 1))
}

export function started(run: Run, path: string, call: CallState, subagent: Subagent, task: string): LogEvent {
  const { state, agent, session, ports } = run
  const share = shareOf(state, agent)
  const tokens = share === undefined ? subagent.tokens : Math.min(share, subagent.tokens ?? share)
  const timeMs = Math.max(0, Math.min(subagent.agent.limits.timeMs, state.deadline - ports.clock.now()))
  const child = { call: path, tool: call.intent.tool, session: `${session}/${path}`, task, timeMs }
  return { type: 'subagent-start', ...child, ...(tokens === undefined ? {} : { tokens }) }
}

export function bounded(agent: Agent<any>, { start: { tokens, timeMs } }: Child): Agent<any> {
  const { limits, budget } = agent
  if (tokens === undefined) return { ...agent, limits: { ...limits, timeMs } }
  const least = Math.min(tokens, limits.tokens ?? tokens)
  const spending = { ...budget, tokens: Math.min(least, budget?.tokens ?? least) }
  return { ...agent, limits: { ...limits, timeMs, tokens: least }, budget: spending }
}
