/** What a child may take of its parent's budget and time, and the agent that is bounded so. */

import type { LogEvent } from '../../core/event.js'
import type { Agent } from '../agent.js'
import type { Run } from '../run.js'
import type { CallState } from '../state.js'
import type { Subagent } from './subagent.js'
import { type Child, shareOf } from './team-state.js'

export function started(run: Run, path: string, call: CallState, subagent: Subagent, task: string): LogEvent {
  const { state, agent, session, ports } = run
  const share = shareOf(state, agent)
  const tokens = share === undefined ? subagent.tokens : Math.min(share, subagent.tokens ?? share)
  return {
    type: 'subagent-start',
    call: path,
    tool: call.intent.tool,
    session: `${session}/${path}`,
    task,
    timeMs: Math.max(0, Math.min(subagent.agent.limits.timeMs, state.deadline - ports.clock.now())),
    ...(tokens === undefined ? {} : { tokens }),
  }
}

export function bounded(agent: Agent<any>, { start: { tokens, timeMs } }: Child): Agent<any> {
  const { limits, budget } = agent
  if (tokens === undefined) return { ...agent, limits: { ...limits, timeMs } }
  const least = Math.min(tokens, limits.tokens ?? tokens)
  const spending = { ...budget, tokens: Math.min(least, budget?.tokens ?? least) }
  return { ...agent, limits: { ...limits, timeMs, tokens: least }, budget: spending }
}
