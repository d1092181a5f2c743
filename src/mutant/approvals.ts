/** Mutants of approvals: who is believed, what is used up, and where it is looked at. */

import { type Agent, withParts } from '../agent/agent.js'
import { type ApprovalParts, approvalParts } from '../agent/approval/approval.js'
import type { Run } from '../agent/run.js'
import type { Intent } from '../core/event.js'
import type { Mutant } from './mutant.js'

const withApproval = <T>(agent: Agent<T>, parts: Partial<ApprovalParts>): Agent<T> =>
  withParts(agent, { approval: { ...approvalParts, ...parts } })

/** The run as it was when the call asked: its clock stands there. */
function atRequest(run: Run, call: string): Run {
  const at = run.state.approvals.get(call)?.request.at
  return at === undefined ? run : { ...run, clock: { ...run.clock, now: () => at } }
}

/** The run as if people had been asked about what would be executed now. */
function asIfAsked(run: Run, { call, argsDigest = '' }: Intent): Run {
  const held = run.state.approvals.get(call)
  if (!held) return run
  const approvals = new Map([[call, { ...held, request: { ...held.request, argsDigest } }]])
  return { ...run, state: Object.assign(Object.create(run.state), { approvals }) }
}

export const approvalMutants: readonly Mutant[] = [
  {
    name: 'approval-id-from-clock',
    breaks: 'A request for approval is named by its session and the time.',
    killedBy: ['id-uniqueness'],
    change: (agent) => withApproval(agent, { nameOf: ({ session, clock }) => `${session}/${clock.now()}` }),
  },
  {
    name: 'trust-client-approvals',
    breaks: 'Any decision that comes in counts, whoever made it: one approval is enough.',
    killedBy: ['approval-gate'],
    // One decision in two parts: whose word counts, and when enough was said.
    change: (agent) =>
      withApproval(agent, { objection: () => undefined, isGranted: ({ approvedBy }) => approvedBy.size > 0 }),
  },
  {
    name: 'approval-not-consumed',
    breaks: 'An attempt starts with an approval that it does not use up.',
    killedBy: ['approval-gate'],
    change: (agent) =>
      withApproval(agent, {
        gate: (run, call, tool) => {
          const verdict = approvalParts.gate(run, call, tool)
          return 'class' in verdict ? verdict : []
        },
      }),
  },
  {
    name: 'expiry-at-decision-only',
    breaks: 'Whether an approval has expired is looked at when a decision comes, not when the call starts.',
    killedBy: ['approval-gate'],
    change: (agent) =>
      withApproval(agent, {
        admit: (run, intent, tool) => approvalParts.admit(atRequest(run, intent.call), intent, tool),
        gate: (run, call, tool) => approvalParts.gate(atRequest(run, call.intent.call), call, tool),
      }),
  },
  {
    name: 'decisions-by-position',
    breaks: 'A decision is taken for the first request that is open, whichever it names.',
    killedBy: ['decision-routing'],
    change: (agent) =>
      withApproval(agent, {
        requestFor: ({ approvals }) =>
          [...approvals.values()].find((held) => !held.consumed && !held.denied && !approvalParts.isGranted(held)),
      }),
  },
  {
    name: 'approved-unseen',
    breaks: 'An approval is of a call, whatever its arguments have become since.',
    killedBy: ['approval-gate'],
    change: (agent) =>
      withApproval(agent, {
        admit: (run, intent, tool) => approvalParts.admit(asIfAsked(run, intent), intent, tool),
        gate: (run, call, tool) => approvalParts.gate(asIfAsked(run, call.intent), call, tool),
      }),
  },
  {
    name: 'answers-to-whoever',
    breaks: 'A tool is handed what was answered to the first that asked, not to itself.',
    killedBy: ['decision-routing'],
    change: (agent) =>
      withApproval(agent, {
        answersOf: ({ approvals }) => [...approvals.values()].find(({ answers }) => answers.length > 0)?.answers,
      }),
  },
  {
    name: 'decision-refused-while-live',
    breaks: 'A decision is refused until everybody who must decide has been told.',
    killedBy: ['decision-liveness'],
    change: (agent) =>
      withApproval(agent, {
        objection: (held, decision, name, now) =>
          held?.request.approvers.some((approver) => held.told.get(approver) !== Number.POSITIVE_INFINITY)
            ? 'not everybody was told yet'
            : approvalParts.objection(held, decision, name, now),
      }),
  },
  {
    name: 'gate-on-one-path',
    breaks: 'Approval is looked at on the way of a first run, not on the way that a resume takes.',
    killedBy: ['denial-finality'],
    change: (agent) =>
      withApproval(agent, {
        admit: (run, intent, tool) => (run.epoch > 1 ? undefined : approvalParts.admit(run, intent, tool)),
        gate: (run, call, tool) => (run.epoch > 1 ? [] : approvalParts.gate(run, call, tool)),
      }),
  },
  {
    name: 'only-last-request-heard',
    breaks: 'A decision is heard when its request is the last thing that was said, and at no other time.',
    killedBy: ['decision-liveness'],
    change: (agent) =>
      withApproval(agent, {
        requestFor: ({ approvals }, name) => {
          const last = [...approvals.values()].at(-1)
          return last?.request.approval === name ? last : undefined
        },
      }),
  },
  {
    name: 'signature-dropped',
    breaks: 'Decisions are signed, and their signature is lost on the way to who looks at it.',
    killedBy: ['decision-liveness'],
    change: (agent) => withApproval(agent, { objection: () => 'it is not signed' }),
  },
  {
    name: 'approvals-never-expire',
    breaks: 'Nobody looks whether a request has expired.',
    killedBy: ['approval-gate'],
    change: (agent) =>
      withApproval(agent, {
        objection: (held, decision, name) => approvalParts.objection(held, decision, name, held?.request.at ?? 0),
        admit: (run, intent, tool) => approvalParts.admit(atRequest(run, intent.call), intent, tool),
        gate: (run, call, tool) => approvalParts.gate(atRequest(run, call.intent.call), call, tool),
      }),
  },
]
