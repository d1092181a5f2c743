/** An agent in a world where the rules change while somebody is being asked: the next process that runs its session has the new ones. */

import { type Agent, toolNamed, wrapTools } from '../agent/agent.js'
import type { EventOf, LogEvent } from '../core/event.js'
import { policyChange } from '../sim/fault/approval.js'
import { planFault } from '../sim/fault/note.js'
import { picker } from '../sim/fault/picker.js'
import { knownOutcomes, type Setting } from '../sim/setting.js'
import { rootScope } from './host.js'

const faults = [policyChange.name]

export interface Policied {
  /** The agent as it is deployed now: asked whenever the session is run. */
  readonly current: () => Agent<unknown>
  /** Told what becomes durable: who was asked for what. */
  readonly see: ((event: LogEvent) => void) | undefined
}

const site = 'run/policy'

/** Only agents that ask for approval have such rules. */
export function policyIn(setting: Setting, agent: Agent<unknown>): Policied {
  const same: Policied = { current: () => agent, see: undefined }
  const { world } = setting
  if (!agent.tools.some(({ approval }) => approval !== undefined)) return same
  const offered = knownOutcomes(setting, faults)
  if (world.tape.pick(site, 'outcome', offered) === 0) return same
  const pick = picker(world, site, policyChange)
  const change = pick('change')
  let left = Number(pick('which'))
  const note = planFault(world, policyChange.name, site, change, rootScope(world))
  let asked: { readonly call: string; readonly tool: string } | undefined
  let changed: Agent<unknown> | undefined
  return {
    current: () => {
      if (!asked || changed || world.tape.calm) return changed ?? agent
      note.injected()
      const { agent: now, rule } = under(agent, asked.tool, change)
      world.emit('policy-changed', rule, 'world')
      changed = now
      return now
    },
    see: (event) => {
      if (event.type === 'approval-requested') {
        if (changed && event.call === asked?.call) note.landed()
        if (--left === 0) asked = event
      } else if (event.type === 'call-rejected' && changed && event.call === asked?.call) note.landed()
    },
  }
}

type Rule = Pick<EventOf<'policy-changed'>, 'tool' | 'policy' | 'approvers' | 'isGranted'>

/** The agent under other rules for one tool, and those rules. */
function under(agent: Agent<unknown>, name: string, change: string): { agent: Agent<unknown>; rule: Rule } {
  const approval = toolNamed(agent, name)?.approval
  if (!approval) return { agent, rule: { tool: name, policy: '', approvers: [], isGranted: true } }
  if (change === 'grant-revoked') {
    const grants = { ...Object.fromEntries(agent.tools.map((tool) => [tool.name, () => true])), ...agent.grants }
    const rule = { tool: name, policy: approval.policy, approvers: approval.approvers, isGranted: false }
    return { agent: { ...agent, grants: { ...grants, [name]: () => false } }, rule }
  }
  const { approvers } = approval
  const fewer = change === 'approver-removed' && approvers.length > 1 ? approvers.slice(0, -1) : approvers
  const next = { ...approval, policy: 'stricter', approvers: fewer }
  const now = wrapTools(agent, (tool) => (tool.name === name ? { ...tool, approval: next } : tool))
  return { agent: now, rule: { tool: name, policy: next.policy, approvers: fewer, isGranted: true } }
}
