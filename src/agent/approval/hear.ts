/** How decisions come in, while a run waits too: each is judged by what is durable then, and counts once. */

import { type Decision, decisionId } from '../../core/approval.js'
import type { LogEvent } from '../../core/event.js'
import { isJson, type Json } from '../../core/json.js'
import { mask } from '../../core/mask.js'
import { toolTimeoutMs } from '../policy.js'
import type { Run } from '../run.js'
import { type Held, pause, timed } from '../timed.js'
import { resumed } from '../wait.js'
import type { ApprovalState } from './approval.js'

/** Those handed to the run, then those of its port. A port that fails is asked again when the run waits again. */
export async function hear(run: Run, given: readonly Decision[] = []): Promise<void> {
  const { state, journal } = run
  for (const decision of [...given, ...(await sent(run))]) {
    await journal.append(() => (state.end ? [] : judged(run, decision)))
  }
}

/** While a run waits. True: it goes on at once. Otherwise its promise ends, and it goes on when it is run again. */
export async function outlast(run: Run): Promise<boolean> {
  const { state, clock, journal } = run
  const { approvals } = run.ports
  if (!approvals || state.approvals.size === 0) return false
  const decided = countDecided(run)
  for (;;) {
    await hear(run)
    const leftMs = (state.waiting?.until ?? Number.POSITIVE_INFINITY) - clock.now()
    if (!state.waiting || leftMs <= 0 || countDecided(run) > decided) break
    if (approvals.pollMs === undefined) return false
    // Denser towards the end: what was decided in time is not read too late.
    await pause(run, Math.min(approvals.pollMs, leftMs, Math.max(1_000, leftMs / 2)), true)
  }
  await journal.append(() => (state.waiting ? [resumed(run)] : []))
  return true
}

const countDecided = ({ state }: Run): number =>
  [...state.approvals.values()].reduce((sum, { approvedBy, denied }) => sum + approvedBy.size + (denied ? 1 : 0), 0)

async function sent(run: Run): Promise<readonly Decision[]> {
  const { approvals } = run.ports
  if (!approvals || run.state.approvals.size === 0) return []
  const start = (): Promise<unknown> => approvals.decisions(run.session)
  const work = { what: 'asking for decisions', delayMs: toolTimeoutMs, isCancellable: true, start }
  const ending = await timed(run, work)
  return ending.kind === 'returned' && Array.isArray(ending.value) ? ending.value.filter(Boolean) : []
}

function judged({ parts, state, agent, clock }: Run, said: Decision): readonly LogEvent[] {
  const { approval, by, decision, reason, value } = said
  const id = decisionId(said)
  if (state.heard.has(id)) return []
  const at = clock.now()
  const held = parts.approval.requestFor(state, approval)
  const isOver = held !== undefined && state.calls.get(held.request.call)?.phase === 'settled'
  const because = isOver ? 'the call is over' : parts.approval.objection(held, said, agent.name, at)
  if (!held || because !== undefined) {
    return [{ type: 'approval-refused', id, approval, by, decision, because: because ?? '', at }]
  }
  const why = typeof reason === 'string' ? { reason } : {}
  // What is no JSON is no answer: the log could not hold it.
  const answer =
    held.request.question === undefined || decision === 'deny' ? {} : { value: isJson(value) ? value : null }
  return [{ type: 'approval-decided', id, approval: held.request.approval, by, decision, ...why, ...answer, at }]
}

/** Why a decision changes nothing; undefined: it counts. A denial is heard until the approval is used, and is the last word. */
export function objectionTo(
  held: ApprovalState | undefined,
  { by, decision, argsDigest }: Decision,
  agent: string,
  now: number,
): string | undefined {
  if (!held) return 'nothing of that name was asked for'
  const { request } = held
  if (typeof by !== 'string' || by === '') return 'nobody knows who decided'
  if (by === agent) return 'who asks cannot decide'
  if (!request.approvers.includes(by)) return `${by} was not asked`
  if (decision !== 'approve' && decision !== 'deny') return 'it neither approves nor denies'
  if (argsDigest !== undefined && argsDigest !== request.argsDigest) return 'it is about other arguments'
  if (held.denied) return 'it was denied already'
  if (held.consumed) return 'the approval was used already'
  if (now >= held.expiresAt) return 'the approval had expired'
  return held.approvedBy.has(by) && decision === 'approve' ? `${by} approved already` : undefined
}

const timeoutMs = 5_000

/** Everybody who does not know yet, each as often as the agent tries anything; again when the call waits again. */
export async function notify(run: Run, call: string): Promise<void> {
  const held = run.state.approvals.get(call)
  if (!held || !run.ports.approvals) return
  const untold = held.request.approvers.filter((name) => held.told.get(name) !== Number.POSITIVE_INFINITY)
  await Promise.all(untold.map((approver) => tell(run, held, approver)))
}

async function tell(run: Run, { request, told }: ApprovalState, approver: string): Promise<void> {
  const { agent, journal, ports, state } = run
  const { approval, call, question } = request
  const args = mask(state.calls.get(call)?.intent.args ?? null, agent.secrets) as Json
  const asked = question === undefined ? {} : { question: mask(question, agent.secrets) as Json }
  const start = ({ signal }: Held): Promise<unknown> =>
    ports.approvals!.notify({ ...request, args, ...asked }, approver, { key: `${approval}/${approver}`, signal })
  const work = { what: `telling ${approver} of ${approval}`, call, delayMs: timeoutMs, isCancellable: true, start }
  for (let tries = 1; !state.cancelled; tries++) {
    const attempt = (told.get(approver) ?? 0) + 1
    const ending = await timed(run, work)
    const outcome = ending.kind === 'returned' ? 'ok' : 'unknown'
    await journal.append([{ type: 'approval-notified', approval, approver, attempt, outcome }])
    if (outcome === 'ok' || tries >= agent.retry.attempts) return
    await pause(run, agent.retry.baseMs, true)
  }
}
