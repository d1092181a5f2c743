/** Runs a child: a session of its own beside its parent's, started once, resumed after every crash, and over before its parent is. */

import { digest } from '../../core/digest.js'
import type { RunStatus } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import { traceparentOf } from '../../core/traceparent.js'
import { type Agent, toolNamed } from '../agent.js'
import { insist } from '../insist.js'
import type { Ports, Run, Within } from '../run.js'
import type { RunRequest, RunResult } from '../run-session.js'
import type { CallState } from '../state.js'
import type { AnyTool } from '../tool.js'
import { type Deeds, deedsOf, Unanswered } from './report.js'
import { narrowed, type Subagent } from './subagent.js'
import { bounded, type Child, started } from './team-state.js'

/** How the tool of a subagent has its task done; undefined for every other tool. */
export const delegateOf = (run: Run, call: CallState, { subagent }: AnyTool): { delegate?: unknown } =>
  subagent ? { delegate: (task: string) => delegate(run, call, subagent, task) } : {}

async function delegate(run: Run, call: CallState, subagent: Subagent, task: string): Promise<Json> {
  const path = rootOf(run, call.intent.call)
  await run.journal.append(() => (run.state.children.has(path) ? [] : [started(run, path, call, subagent, task)]))
  const [result, deeds] = await finish(run, run.state.children.get(path)!, subagent)
  const outcome = run.parts.reportOf(result, deeds)
  if (outcome.kind === 'ok') return outcome.value
  throw new Unanswered(outcome)
}

/** A call that is made again goes on with the child of the first. */
function rootOf(run: Run, path: string): string {
  const earlier = run.state.calls.get(path)?.intent.reissueOf
  return earlier === undefined ? path : rootOf(run, earlier)
}

/** Runs the child to its end, whatever its log holds, and writes that end once. A cancelled parent cancels it. */
async function finish(run: Run, child: Child, subagent: Subagent, stops = false): Promise<readonly [RunResult, Deeds]> {
  const { start } = child
  const { live, journal, ports, state } = run
  const stop = new AbortController()
  const waiting = { abandon: () => {}, cancel: () => stop.abort() }
  if (stops || state.cancelled) stop.abort()
  live.add(waiting)
  try {
    const request = { ...requestOf(run, child, subagent), cancel: stop.signal }
    const member = bounded(narrowed(subagent, run.agent), child)
    const within: Within = ports.child ?? ((_session, _agent, body) => body(ports))
    const [result, deeds] = await within(start.session, member, async (under) => {
      const ended = await toTheEnd(run, member, request, under)
      const { events } = await insist(under.clock, () => under.store.read(start.session))
      return [ended, deedsOf(events)] as const
    })
    const { reason, text } = result
    const end = { session: start.session, reason, output: digest(text), tokens: deeds.tokens }
    const status = result.status as RunStatus
    await journal.append(() => (child.end ? [] : [{ type: 'subagent-end', call: start.call, status, ...end }]))
    return [result, deeds]
  } finally {
    live.delete(waiting)
  }
}

/** Nobody outside answers a child: one that waits for a person is stopped. */
async function toTheEnd(run: Run, member: Agent<any>, request: RunRequest, ports: Ports): Promise<RunResult> {
  const result = await run.inside(member, request, ports)
  if (result.status !== 'waiting') return result
  const stopped = await run.inside(member, { ...request, cancel: AbortSignal.abort() }, ports)
  return { ...stopped, reason: 'waits-for-people' }
}

/** Of what was said only whole turns go along, so that calls and results still pair; the instructions stay. */
function requestOf(run: Run, { start }: Child, { shows }: Subagent) {
  const traceparent = traceparentOf(run.trace, run.session, start.call)
  const said = run.state.messages.filter(({ role }) => role !== 'system')
  const history = shows && run.parts.unitsOf(said).flatMap((turn) => (shows(turn) ? turn : []))
  return { session: start.session, prompt: start.task, traceparent, history }
}

/** Before a run ends, every child it started has: what a crash or the end of its time left open is stopped. */
export async function endChildren(run: Run): Promise<void> {
  for (const child of run.state.children.values()) {
    const subagent = toolNamed(run.agent, child.start.tool)?.subagent
    if (!child.end && subagent) await finish(run, child, subagent, true)
  }
}
