/** Telling people of a request, which is durable by then: failures are counted, and lose nothing but the telling. */

import type { Json } from '../../core/json.js'
import { mask } from '../../core/mask.js'
import type { Run } from '../run.js'
import { type Held, pause, timed } from '../timed.js'
import type { ApprovalState } from './approval-state.js'

const timeoutMs = 5_000

/** Everybody who does not know yet, each as often as the agent tries anything; again when the call waits again. */
export async function notify(run: Run, call: string): Promise<void> {
  const held = run.state.approvals.get(call)
  if (!held || !run.ports.approvals) return
  const untold = held.request.approvers.filter((name) => held.told.get(name) !== Number.POSITIVE_INFINITY)
  await Promise.all(untold.map((approver) => tell(run, held, approver)))
}

async function tell(run: Run, { request, told }: ApprovalState, approver: string): Promise<void> {
  const { agent, blame, journal, live, ports, state } = run
  const { clock, approvals } = ports
  const { approval, call } = request
  const args = mask(state.calls.get(call)?.intent.args ?? null, agent.secrets) as Json
  const start = ({ signal }: Held): Promise<unknown> =>
    approvals!.notify({ ...request, args }, approver, { key: `${approval}/${approver}`, signal })
  const threw = (error: unknown): void => blame?.(`telling ${approver} of ${approval}`, error, call)
  for (let tries = 1; !state.cancelled; tries++) {
    const attempt = (told.get(approver) ?? 0) + 1
    const ending = await timed({ clock, live, delayMs: timeoutMs, isCancellable: true, start, threw })
    const outcome = ending.kind === 'returned' ? 'ok' : 'unknown'
    await journal.append([{ type: 'approval-notified', approval, approver, attempt, outcome }])
    if (outcome === 'ok' || tries >= agent.retry.attempts) return
    await pause(clock, live, agent.retry.baseMs, true)
  }
}
