/** An office with one tool of each kind: a look-up, a keyed write, a write without keys, a survey that takes two look-ups, and a nap. */

import { type Clients, defineBackend, defineScenario, policy, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const about = z.object({ topic: z.string() })

export const office = defineBackend({
  name: 'office',
  state: () => ({ letters: 0 }),
  operations: ({ read, write }) => ({
    look: read({ input: about, answer: (_state, { topic }) => ({ found: `all about ${topic}` }) }),
    pay: write({ input: about, keyed: true, apply: (_state, { topic }) => ({ receipt: `paid for ${topic}` }) }),
    post: write({
      input: about,
      apply: (state, { topic }) => {
        state.letters++
        return { letter: `letter ${state.letters} about ${topic}` }
      },
    }),
  }),
})

type Hands = Clients<{ office: typeof office }>

const clerk = ({ office }: Hands) => {
  const look = defineTool({
    name: 'look',
    description: 'Look something up',
    effect: 'read',
    input: about,
    output: z.object({ found: z.string() }),
    execute: (input, { signal }) => office.look(input, { signal }),
  })
  const survey = defineTool({
    name: 'survey',
    description: 'Look something up twice',
    effect: 'read',
    input: about,
    output: z.object({ found: z.string() }),
    execute: async (input, { signal }) => {
      const { found } = await office.look(input, { signal })
      return office.look({ topic: found }, { signal })
    },
  })
  const pay = defineTool({
    name: 'pay',
    description: 'Pay for something',
    effect: 'write',
    input: about,
    output: z.object({ receipt: z.string() }),
    execute: (input, { key, signal }) => office.pay(input, { idempotencyKey: key, signal }),
  })
  const post = defineTool({
    name: 'post',
    description: 'Post a letter: nobody keeps a key of it',
    effect: 'irreversible',
    idempotency: 'none',
    input: about,
    output: z.object({ letter: z.string() }),
    execute: (input, { signal }) => office.post(input, { signal }),
  })
  const nap = defineTool({
    name: 'nap',
    description: 'Wait half a minute',
    effect: 'read',
    input: about,
    output: z.object({ rested: z.boolean() }),
    timeoutMs: 2 * napMs,
    execute: async () => {
      await new Promise((resolve) => setTimeout(resolve, napMs))
      return { rested: true }
    },
  })
  return [look, survey, pay, post, nap] as const
}

/** Longer than a result can be late. */
const napMs = 30_000

type Clerk = ReturnType<typeof clerkAgent>
const clerkAgent = (hands: Hands, limits: { turns?: number; timeMs?: number }) => {
  const [look, survey, pay, post, nap] = clerk(hands)
  const tools = [look, survey, pay, post, nap]
  return defineAgent({ name: 'clerk', instructions: 'Do as you are told.', tools, limits })
}

interface Errand {
  readonly name: string
  readonly limits?: { turns?: number; timeMs?: number }
  /** One entry a turn: the tools called in it. */
  readonly turns: readonly (readonly [Tool, ...Tool[]])[]
  /** What all topics begin with. Default: the name of the tool. */
  readonly about?: string
}
type Tool = 'look' | 'survey' | 'pay' | 'post' | 'nap'

/** A run of the clerk: each turn calls its tools, each on a topic of its own, and the last one says that all is done. */
export const errand = ({ name, turns, limits = {}, about }: Errand, change: (agent: Clerk) => Clerk): Scenario =>
  defineScenario({
    name,
    backends: { office },
    agent: (hands) => change(clerkAgent(hands, limits)),
    prompt: 'Do the errand.',
    model: ({ call, say }) => [
      ...turns.map(([first, ...rest], turn) => {
        const callOf = (tool: Tool, index: number) => call(tool, { topic: `${about ?? tool} ${turn + 1}.${index}` })
        return [callOf(first, 0), ...rest.map((tool, index) => callOf(tool, index + 1))] as const
      }),
      say('All done.'),
    ],
  })

/**
 * The clerk under a model that looks at nothing: two calls at once in its first turn, its last word after that. A policy has
 * no script that a run could leave unplayed, so that a run which the model refuses is the agent's fault alone.
 */
export const twoAtOnce = (name: string, change: (agent: Clerk) => Clerk): Scenario =>
  defineScenario({
    name,
    backends: { office },
    agent: (hands) => change(clerkAgent(hands, {})),
    prompt: 'Do both at once.',
    model: policy(({ turn }, { call, say }) =>
      turn > 1 ? say('All done.') : [call('look', { topic: 'A' }), call('pay', { topic: 'B' })],
    ),
  })

/** The clerk with less time than its nap takes, after some work: whoever measures that time well is stopped before it wakes. */
export const oversleeps = (name: string, change: (agent: Clerk) => Clerk): Scenario =>
  defineScenario({
    name,
    backends: { office },
    agent: (hands) => change(clerkAgent(hands, { timeMs: napMs / 2 })),
    prompt: 'Work, and have a nap.',
    model: policy(({ turn }, { call, say }) => {
      if (turn < 3) return [call('look', { topic: `A ${turn}` }), call('pay', { topic: `B ${turn}` })]
      return turn > 3 ? say('Awake.') : call('nap', { topic: 'dreams' })
    }),
  })
