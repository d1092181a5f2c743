/** Plans that people approve first: the plan is the arguments of a call, and nothing changes the world outside of it. */

import { z } from 'zod'
import type { Approval } from '../../core/approval.js'
import { refusal } from '../../core/outcome.js'
import type { AdmissionCheck } from '../admission.js'
import { offPlan, planFlaw, planStep } from '../team/plan-order.js'
import { type AnyTool, changesWorld, defineTool } from '../tool.js'
import { approvalPolicy } from './policy.js'

const planName = 'submit_plan'
const plan = z.strictObject({ goal: z.string(), steps: z.array(planStep) })

export const planTool = (approval: Approval): AnyTool => ({
  ...defineTool({
    name: planName,
    description: 'Submits a plan for approval. Only the tools of the last approved plan may change anything.',
    effect: 'read',
    input: plan,
    output: z.strictObject({ approved: z.literal(true) }),
    policy: ({ steps }) => planFlaw(steps),
    execute: () => Promise.resolve({ approved: true as const }),
  }),
  approval: approvalPolicy('the plan', approval),
})

export const checkPlan: AdmissionCheck = {
  concerns: ({ agent }, tool) => agent.plansFirst === true && changesWorld(tool),
  check: ({ state }, { call }, { name }) => {
    const approved = [...state.calls.values()].findLast(
      ({ intent, outcome }) => intent.tool === planName && outcome === 'ok',
    )
    const { steps = [] } = (approved?.intent.args ?? {}) as Partial<z.infer<typeof plan>>
    if (approved && steps.some(({ tool }) => tool === name)) {
      const because = offPlan(state, approved, steps, call, name)
      return because === undefined ? undefined : refusal(because)
    }
    return refusal(`no approved plan has a step for ${name}: submit one with ${planName}`)
  },
}
