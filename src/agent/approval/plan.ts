/** Plans that people approve first: the plan is the arguments of a call, and nothing changes the world outside of it. */

import { z } from 'zod'
import { type Approval, approvalPolicy } from '../../core/approval.js'
import { refusal } from '../../core/outcome.js'
import { planFlaw } from '../../core/plan-flaw.js'
import type { AdmissionCheck } from '../admission.js'
import type { CallState, RunState } from '../state.js'
import { type AnyTool, changesWorld, defineTool } from '../tool.js'

/** `after` names the steps that must have been done before. */
const planStep = z.strictObject({
  tool: z.string(),
  why: z.string(),
  id: z.string().optional(),
  after: z.array(z.string()).optional(),
})
type Steps = readonly z.infer<typeof planStep>[]

/** Why a call may not start under the approved plan, or undefined. Plans without names order nothing. */
function offPlan(state: RunState, plan: CallState, steps: Steps, call: string, tool: string): string | undefined {
  if (!steps.some(({ id }) => id !== undefined)) return undefined
  const all = [...state.calls.values()]
  const here = all.findIndex(({ intent }) => intent.call === call)
  const since = all.slice(all.indexOf(plan) + 1, here)
  const made = (name: string) =>
    since.filter(({ intent, attempts, phase }) => intent.tool === name && (attempts > 0 || phase !== 'settled'))
  const isDone = (step: Steps[number]): boolean => {
    const place = steps.filter((one) => one.tool === step.tool).indexOf(step)
    return made(step.tool).filter(({ outcome }) => outcome === 'ok').length > place
  }
  const failed = steps.find((step) => made(step.tool).some(({ outcome }) => outcome !== undefined && outcome !== 'ok'))
  if (failed) return `the plan is stale, since ${failed.tool} failed: submit a new one`
  const step = steps.filter((one) => one.tool === tool)[made(tool).length]
  if (!step) return `the plan has no further step for ${tool}: submit a new one`
  const early = steps.find((one) => one.id !== undefined && step.after?.includes(one.id) && !isDone(one))
  return early && `in the plan, ${tool} comes after ${early.id}, which is not done`
}

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
