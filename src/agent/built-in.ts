/** The actions of a model beside calls of tools: asking the user and handing over, both proposed as calls of built-in tools. */

import { z } from 'zod'
import type { Approval } from '../core/approval.js'
import type { HandOff } from '../core/event.js'
import { refusal } from '../core/outcome.js'
import type { AdmissionCheck, Verdict } from './admission.js'
import type { Agent } from './agent.js'
import { planTool } from './approval/plan.js'
import type { CallState, RunState } from './state.js'
import { type AnyTool, defineTool } from './tool.js'

export interface BuiltIns {
  /** Gives the model a tool `ask_user`: the run waits until it is run again with the answer. */
  asksUser?: boolean
  /** Gives the model a tool `submit_plan`: only tools of the last approved plan may change anything. Default: no plan is needed. */
  planApproval?: Approval
  /** Gives the model a tool `hand_off`, which ends the run and names who goes on. */
  handsOffTo?: readonly string[]
}

export const askUserName = 'ask_user'
const handOffName = 'hand_off'

export function builtIns(agent: BuiltIns): readonly AnyTool[] {
  const tools: AnyTool[] = []
  if (agent.asksUser) tools.push(askUser)
  if (agent.handsOffTo?.length) tools.push(handOff(agent.handsOffTo))
  if (agent.planApproval) tools.push(planTool(agent.planApproval))
  return tools
}

const askUser: AnyTool = defineTool({
  name: askUserName,
  description: 'Asks the user a question and waits for the answer.',
  effect: 'read',
  input: z.strictObject({ question: z.string().min(1) }),
  output: z.string(),
  execute: () => Promise.reject(new Error('answered from outside')),
})

const handOff = (targets: readonly string[]): AnyTool =>
  defineTool({
    name: handOffName,
    description: 'Hands the conversation to another agent, which goes on with the task. Nothing is said after it.',
    effect: 'read',
    input: z.strictObject({ to: z.enum(targets as [string, ...string[]]), task: z.string().min(1) }),
    output: z.strictObject({ handedTo: z.string() }),
    execute: ({ to }) => Promise.resolve({ handedTo: to }),
  })

/** A question waits for its answer, which comes with a later run of the session. */
export const checkAnswer: AdmissionCheck = {
  concerns: ({ agent }, tool) => agent.asksUser === true && tool.name === askUserName,
  check: (run, { call, args = null }, tool): Verdict => {
    if (run.parts.checkArguments(tool, args)) return undefined
    const answer = run.state.answers.get(call)
    return answer === undefined ? { wait: { for: 'answer' } } : { settle: { kind: 'ok', value: answer } }
  },
}

/** Two hand-offs in one answer contradict each other: neither happens. */
export const checkHandOff: AdmissionCheck = {
  concerns: ({ agent }, tool) => agent.handsOffTo !== undefined && tool.name === handOffName,
  check: (run, { call }): Verdict => {
    const others = run.state.batch?.calls.filter(({ intent }) => intent.tool === handOffName && intent.call !== call)
    return others?.length ? refusal('an answer can hand over to one agent only') : undefined
  },
}

/** The hand-off that the last committed batch made. */
export function handedOff(state: RunState, agent: Agent<unknown>): HandOff | undefined {
  if (!agent.handsOffTo || !state.batch?.committed) return undefined
  const made = (call: CallState): boolean => call.intent.tool === handOffName && call.outcome === 'ok'
  return state.batch.calls.find(made)?.intent.args as unknown as HandOff | undefined
}
