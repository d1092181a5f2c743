/** A chief who may look at public things alone, and the clerk who works for it and may look at everything: together they may see what is public. */

import { type Clients, defineScenario, policy, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'
import { office } from './office.js'

const about = z.object({ topic: z.string() })

type Hands = Clients<{ office: typeof office }>

const chief = ({ office }: Hands) => {
  const look = defineTool({
    name: 'look',
    description: 'Look something up',
    effect: 'read',
    input: about,
    output: z.object({ found: z.string() }),
    execute: (input, { signal }) => office.look(input, { signal }),
  })
  const clerk = defineAgent({ name: 'clerk', instructions: 'You are the clerk.', tools: [look] })
  const grants = { look: ({ topic }: { topic: string }) => topic.startsWith('public') }
  return defineAgent({
    name: 'chief',
    instructions: 'You are the chief.',
    tools: [look],
    grants,
    subagents: { clerk: { agent: clerk, description: 'Looks things up' } },
  })
}

type Chief = ReturnType<typeof chief>

export const errands = (name: string, change: (agent: Chief) => Chief): Scenario =>
  defineScenario({
    name,
    backends: { office },
    agent: (hands) => change(chief(hands)),
    prompt: 'Find out about A.',
    model: policy(({ messages, turn }, { call, say }) => {
      if (turn > 1) return say('That is all.')
      const isChief = messages[0]?.text.includes('chief')
      return isChief ? call('clerk', { task: 'Look at secret A.' }) : call('look', { topic: 'secret A' })
    }),
  })
