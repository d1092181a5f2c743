/** The fourth layer: a second opinion on what is about to happen. Whatever is not a clear yes is a no. */

import type { Intent, LogEvent } from '../../core/event.js'
import { type GuardVerdict, type Reviewed, review, verdictOf } from '../../core/guard.js'
import { copy, type Json } from '../../core/json.js'
import { type ErrorDetail, refusal } from '../../core/outcome.js'
import type { AdmissionCheck } from '../admission.js'
import type { Agent } from '../agent.js'
import type { Rules } from '../parts.js'
import type { Run } from '../run.js'
import type { RunEnd, RunState } from '../state.js'
import { consult } from '../timed.js'
import { type AnyTool, changesWorld } from '../tool.js'

/** Asks about a call that changes the world, once, unless it is refused anyway. No append is open meanwhile. */
export async function vetCall(run: Run, { call, args = null }: Intent, tool: AnyTool): Promise<void> {
  if (!run.agent.guards?.verify || !changesWorld(tool) || run.state.vetted.has(call)) return
  if (run.state.cancelled || unauthorised(run, tool, args) || run.parts.checkArguments(tool, args)) return
  const verdict = await opinion(run, { kind: 'call', prompt: run.prompt, tool: tool.name, input: args })
  await run.journal.append([{ type: 'guard-verdict', guard: 'verify', subject: call, verdict }])
}

/** What the guards say of the last word, before anybody hears it. */
export async function vetAnswer(run: Run): Promise<void> {
  const { state, parts } = run
  const { output, verify } = run.agent.guards ?? {}
  const text = state.model.answer?.text ?? ''
  const subject = `t${state.model.turn}`
  const leaves = (): unknown => !parts.leaks(run.agent.guards!, text) && (typeof output !== 'function' || output(text))
  const filtered = output ? verdictOf(leaves) : 'pass'
  const events: LogEvent[] = output ? [{ type: 'guard-verdict', guard: 'output', subject, verdict: filtered }] : []
  if (verify && filtered === 'pass') {
    const verdict = await opinion(run, { kind: 'answer', prompt: run.prompt, text })
    events.push({ type: 'guard-verdict', guard: 'verify', subject, verdict })
  }
  await run.journal.append(events)
}

async function opinion(run: Run, action: Reviewed): Promise<GuardVerdict> {
  const { agent, state } = run
  const answer = await consult(run, agent.modelTimeoutMs, (signal) =>
    review(agent.guards!.verify!, action, state.model.turn, signal),
  )
  return verdictOf(() => answer)
}

export const needsVetting = ({ guards }: Agent<unknown>): boolean =>
  guards?.output !== undefined || guards?.verify !== undefined

/** Undefined: nobody was asked yet. */
export const isVetted = (state: RunState, agent: Agent<unknown>): boolean | undefined =>
  needsVetting(agent) ? state.vetted.get(`t${state.model.turn}`) : true

/** A text that no guard has passed stays inside, however the run ends. */
export const released = ({ state, agent }: Run, end: RunEnd): RunEnd =>
  isVetted(state, agent) ? end : { ...end, text: '' }

/** Whether the input lies in what was granted. No grant, a throw, and what is not true: it does not. */
export function permits(grant: ((input: any) => boolean) | undefined, input: Json): boolean {
  try {
    return grant?.(copy(input)) === true
  } catch {
    return false
  }
}

/** Why this agent may not call the tool with these arguments. Arguments that the schema refuses are left to it. */
export function unauthorised({ agent, parts }: Rules, tool: AnyTool, args: Json): ErrorDetail | undefined {
  const { grants, guards } = agent
  const grant = grants?.[tool.name]
  if (grants && !(grant && parts.checkArguments(tool, args)) && !parts.permits(grant, args)) {
    return refusal(`this agent may not call ${tool.name} with this input`)
  }
  if (guards?.output && parts.leaks(guards, JSON.stringify(args))) {
    return refusal(`the arguments of ${tool.name} hold what must not leave`)
  }
  return undefined
}

export const checkGuards: AdmissionCheck = {
  concerns: ({ agent: { grants, guards } }, tool) =>
    grants !== undefined || guards?.output !== undefined || (guards?.verify !== undefined && changesWorld(tool)),
  check: (run, { call, args = null }, tool) => {
    const refused = unauthorised(run, tool, args)
    if (refused || !run.agent.guards?.verify || !changesWorld(tool) || run.state.vetted.get(call)) return refused
    return refusal(`the verification of ${tool.name} did not pass`)
  },
}
