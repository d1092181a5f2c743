/** Where requests for approval and decisions lie: it tells the approvers, and outlives every crash of who asks. */

import { type Approvals, type Decision, decisionId, type Notice } from '../../core/approval.js'
import { copy } from '../../core/json.js'
import { isAlive } from '../../kernel/scope.js'
import type { Setting } from '../setting.js'
import { type Approver, type Saying, sayingsOf } from './approver.js'
import { notifier } from './notifier.js'

const readMs = 5
/** A process that stays looks this often. */
const pollMs = 15_000

export interface ApprovalDesk {
  readonly port: Approvals
  /** Calls back once, when a decision lies there that nobody has read. */
  whenNews(tell: () => void): void
}

/** `agent`: who asks. Whether its process stays while it waits is a choice. */
export function approvalDesk(
  setting: Setting,
  agent: string,
  approvers: Readonly<Record<string, Approver>>,
): ApprovalDesk {
  const { world } = setting
  const sayings: Saying[] = []
  const told = new Set<string>()
  let read = 0
  let waiting: (() => void) | undefined
  const stays = world.tape.pick('approval.process', 'parameter', ['exits', 'stays']) === 1

  const deliver = (saying: Saying, expiresAt: number): void => {
    const { approval, by, decision } = saying.decision
    const { genuine } = saying
    const id = decisionId(saying.decision)
    world.emit('decision-sent', { id, approval, by, decision, genuine, expiresAt }, `approver/${by}`)
    sayings.push(saying)
    const tell = waiting
    waiting = undefined
    tell?.()
  }

  /** Told twice, they decide once: the key is the same. */
  const inform = (notice: Notice, name: string, key: string): void => {
    const approver = approvers[name]
    if (!approver || told.has(key)) return
    told.add(key)
    const { call, expiresAt } = notice
    for (const [index, saying] of sayingsOf(setting, notice, name, approver, agent).entries())
      world.happen(`approval.answer#${call}/${name}/${index}`, saying.delayMs, () => deliver(saying, expiresAt))
  }

  const decisions = (): Promise<readonly Decision[]> =>
    new Promise((resolve) => {
      const scope = world.scopes.current()
      if (!scope || !isAlive(scope)) return
      world.complete('approval.read', readMs, () => {
        if (!isAlive(scope)) return
        for (; read < sayings.length; read++) sayings[read]!.note.landed()
        resolve(copy(sayings.map(({ decision }) => decision)))
      })
    })

  return {
    port: { notify: notifier(setting, inform), decisions, ...(stays ? { pollMs } : {}) },
    whenNews: (tell) => {
      if (sayings.length > read) tell()
      else waiting = tell
    },
  }
}
