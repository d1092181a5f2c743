/** A surveyor with a tool that answers with the list it keeps: what one call has found is still there when the next one adds to it. */

import { type Clients, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'
import { office } from './office.js'

type Hands = Clients<{ office: typeof office }>

const surveyor = ({ office }: Hands) => {
  const found: string[] = []
  const survey = defineTool({
    name: 'survey',
    description: 'Look something up, and show all that was found so far',
    effect: 'read',
    input: z.object({ topic: z.string() }),
    output: z.object({ found: z.array(z.string()) }),
    execute: async (input, { signal }) => {
      const answer = await office.look(input, { signal })
      found.push(answer.found)
      return { found }
    },
  })
  return defineAgent({ name: 'surveyor', instructions: 'Look around.', tools: [survey] })
}

type Surveyor = ReturnType<typeof surveyor>

export const survey = (name: string, change: (agent: Surveyor) => Surveyor): Scenario =>
  defineScenario({
    name,
    backends: { office },
    agent: (hands) => change(surveyor(hands)),
    prompt: 'Look around.',
    onFailure: 'go-on',
    model: ({ call, say }) => [[call('survey', { topic: 'A' }), call('survey', { topic: 'B' })], say('Seen.')],
  })
