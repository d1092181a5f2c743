/** An office whose refunds need approval, in a world of its own. */

import { expect } from 'vitest'
import { z } from 'zod'
import { type Agent, defineAgent } from '../../../src/agent/agent.js'
import { type RunResult, runSession } from '../../../src/agent/run-session.js'
import { defineTool } from '../../../src/agent/tool.js'
import type { Approval, Approvals, Decision, Notice } from '../../../src/core/approval.js'
import { hash32 } from '../../../src/core/digest.js'
import type { Model, ModelAnswer } from '../../../src/core/model.js'
import { calls, say, World } from './small-world.js'

export const letters = { approvers: ['lead', 'finance'] } satisfies Approval

export class Office {
  readonly world = new World()
  readonly notices: { notice: Notice; approver: string; key: string }[] = []
  approvals: Approvals | undefined
  readonly model: Model

  constructor(...turns: ModelAnswer[]) {
    this.model = this.world.model(...(turns.length > 0 ? turns : [calls('refund A'), say('done')]))
  }

  agent(approval: Approval = letters, options: { planApproval?: Approval; secrets?: string[] } = {}): Agent<any> {
    const { world } = this
    const refund = defineTool({
      name: 'refund',
      description: 'refund',
      effect: 'irreversible',
      approval,
      input: z.object({ id: z.string(), apiKey: z.string().optional() }),
      output: z.object({ done: z.string() }),
      execute: ({ id }, { key }) =>
        world.operate(
          100,
          () => world.apply('refund', { id }, key, () => ({ done: `refund ${id}` })) as { done: string },
          () => new Error('connection lost'),
        ),
    })
    return defineAgent({ name: 'shop', instructions: 'be good', tools: [refund, world.tool('look')], ...options })
  }

  run(agent: Agent<any>, decisions: readonly Decision[] = [], cancel?: AbortSignal): Promise<RunResult | 'dead'> {
    const { world } = this
    const ports = {
      clock: world.clock(),
      random: { below: (label: string, bound: number) => hash32(label) % bound },
      store: world.storePort(),
      model: this.model,
      approvals: this.approvals,
    }
    return world.settle(runSession(agent, { session: 's1', prompt: 'go', decisions, cancel }, ports))
  }

  /** A port that takes notices, `fails` times not, and gives what `say` put there. */
  listen(fails = 0, sent: readonly Decision[] = [], pollMs?: number): void {
    let left = fails
    this.approvals = {
      notify: async (notice, approver, { key }) => {
        if (left-- > 0) throw new Error('no line')
        this.notices.push({ notice, approver, key })
      },
      decisions: async () => sent,
      ...(pollMs === undefined ? {} : { pollMs }),
    }
  }

  refunds(): unknown[] {
    return this.world.effects.filter(({ name }) => name === 'refund').map(({ input }) => input)
  }

  /** What the last prompt shows of the last batch. */
  lastResults(): readonly string[] {
    const last = this.world.prompts.at(-1)?.messages.findLast(({ role }) => role === 'tool')
    return last?.role === 'tool' ? last.results.map(({ content }) => content) : []
  }
}

export const name = 's1/t1.c0'
export const yes = (by: string, approval = name, more: Partial<Decision> = {}): Decision => ({
  approval,
  by,
  decision: 'approve',
  ...more,
})
export const no = (by: string, reason: string, approval = name): Decision => ({
  approval,
  by,
  decision: 'deny',
  reason,
})
export const both = [yes('lead'), yes('finance')]

export const resultOf = (result: RunResult | 'dead'): RunResult => {
  if (result === 'dead') throw expect.unreachable('the run died')
  return result
}
