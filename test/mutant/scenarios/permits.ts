/** Permits that people sign: one letter a call, in one batch or another, with the signers the mutant needs. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const permit = z.object({ id: z.string() })

const office = defineBackend({
  name: 'office',
  state: () => ({ issued: [] as string[] }),
  operations: ({ write }) => ({
    issue: write({
      input: permit,
      keyed: true,
      apply: (state, { id }) => {
        state.issued.push(id)
        return { issued: id }
      },
    }),
  }),
})

export interface Signers {
  readonly name: string
  readonly approvers: readonly string[]
  readonly expiresMs?: number
  /** The ids of the permits, all in one batch. */
  readonly ids?: readonly string[]
  readonly decides?: 'approve' | 'deny' | 'ignore' | 'any'
  readonly afterMs?: number
  /** The user is asked for each permit why. */
  readonly asks?: boolean
}

type Services = Clients<{ office: typeof office }>

const clerk = ({ office }: Services, { approvers, expiresMs, asks = false }: Signers) => {
  const issue = defineTool({
    name: 'issue',
    description: 'Issue a permit',
    effect: 'irreversible',
    approval: { approvers, ...(expiresMs === undefined ? {} : { expiresMs }) },
    ...(asks ? { asks: ({ id }, answers) => (answers.length === 0 ? `Why ${id}?` : undefined) } : {}),
    input: permit,
    output: z.object({ issued: z.string() }),
    execute: (input, { key, signal }) => office.issue(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({ name: 'clerk', instructions: 'Issue what is signed.', tools: [issue] })
}

type Clerk = ReturnType<typeof clerk>

export const permits = (signers: Signers, change: (agent: Clerk) => Clerk): Scenario => {
  const { name, approvers, ids = ['P-1'], decides = 'approve', afterMs = 1_000 } = signers
  return defineScenario({
    name,
    backends: { office },
    agent: (services) => change(clerk(services, signers)),
    approvers: Object.fromEntries(approvers.map((approver) => [approver, { decides, afterMs }])),
    prompt: `Issue ${ids.join(' and ')}.`,
    onFailure: 'go-on',
    model: ({ call, say }) => [ids.map((id) => call('issue', { id })), say('Done.')] as never,
  })
}
