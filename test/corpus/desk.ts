/** A desk where letters are posted, which nobody keeps a key of, and permits are issued once their lead has signed. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const paper = z.object({ about: z.string() })

const registry = defineBackend({
  name: 'registry',
  state: () => ({ papers: 0 }),
  operations: ({ write }) => ({
    post: write({ input: paper, apply: (state) => ({ number: ++state.papers }) }),
    issue: write({ input: paper, keyed: true, apply: (state) => ({ number: ++state.papers }) }),
  }),
})

type Hands = Clients<{ registry: typeof registry }>

const clerk = ({ registry }: Hands) => {
  const output = z.object({ number: z.number() })
  const post = defineTool({
    name: 'post',
    description: 'Post a letter: nobody keeps a key of it',
    effect: 'irreversible',
    idempotency: 'none',
    input: paper,
    output,
    execute: (input, { signal }) => registry.post(input, { signal }),
  })
  const issue = defineTool({
    name: 'issue',
    description: 'Issue a permit that the lead has signed',
    effect: 'irreversible',
    approval: { approvers: ['lead'] },
    input: paper,
    output,
    execute: (input, { key, signal }) => registry.issue(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({ name: 'clerk', instructions: 'Do as you are told.', tools: [post, issue] })
}

type Clerk = ReturnType<typeof clerk>
type Batch = readonly ['post' | 'issue', ...('post' | 'issue')[]]

/** One entry a turn: the tools called in it, each about a matter of its own. */
export const desk = (
  name: string,
  turns: readonly Batch[],
  change: (agent: Clerk) => Clerk,
  decides: 'approve' | 'deny' = 'approve',
): Scenario =>
  defineScenario({
    name,
    backends: { registry },
    agent: (hands) => change(clerk(hands)),
    approvers: { lead: { decides, afterMs: 1_000 } },
    prompt: 'Do what is on the desk.',
    onFailure: 'go-on',
    model: ({ call, say }) =>
      [
        ...turns.map((batch, turn) =>
          batch.map((tool, index) => call(tool, { about: `${tool} ${turn + 1}.${index}` })),
        ),
        say('Done.'),
      ] as never,
  })
