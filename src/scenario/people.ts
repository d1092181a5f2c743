/** The people an agent may have to wait for: what they say, and when a run that waits for them goes on. */

import type { Agent } from '../agent/agent.js'
import { needsPeople } from '../agent/approval/approval.js'
import type { RunResult } from '../agent/run-session.js'
import type { Approvals } from '../core/approval.js'
import { approvalDesk } from '../sim/actor/approval-desk.js'
import type { Approver } from '../sim/actor/approver.js'
import type { Canceller } from '../sim/actor/canceller.js'
import { type User, userLane } from '../sim/actor/user.js'
import type { Setting } from '../sim/setting.js'

/** Who answers what tools ask, where nobody else was declared. */
const obliging: Readonly<Record<string, Approver>> = { user: { decides: 'approve' } }

export interface People {
  readonly approvers?: Readonly<Record<string, Approver>>
  readonly user?: User | undefined
}

export interface Company {
  readonly approvals: Approvals | undefined
  readonly answers: Readonly<Record<string, string>> | undefined
  /** Whether the wait will end: `goOn` is then called, when somebody has spoken or the time is up. */
  awaits(result: RunResult, goOn: () => void): boolean
}

/** Only agents that ask somebody have a desk where requests lie. Who cancels wakes a run that waits. */
export function companyOf(
  setting: Setting,
  agent: Agent<unknown>,
  { approvers = {}, user }: People,
  canceller: Canceller,
): Company {
  const desk = agent.tools.some(needsPeople)
    ? approvalDesk(setting, agent.name, { ...obliging, ...approvers })
    : undefined
  const lane = user && userLane(setting, user)
  return {
    approvals: desk?.port,
    answers: lane?.said,
    awaits: ({ endsInMs, waitsFor = [] }, goOn) => {
      const questions = lane ? waitsFor.filter((one) => one.for === 'answer') : []
      const isTimed = desk !== undefined && endsInMs !== undefined
      let isOver = false
      const once = (): void => {
        if (isOver) return
        isOver = true
        end?.cancel()
        goOn()
      }
      const end = isTimed ? setting.world.timer(endsInMs, once) : undefined
      if (isTimed) desk.whenNews(once)
      for (const { call, args } of questions) lane?.ask(call, (args as { question: string }).question, once)
      const isAwaiting = isTimed || questions.length > 0
      if (isAwaiting) canceller.whenSpoken(once)
      return isAwaiting
    },
  }
}
