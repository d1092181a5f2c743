/** Books read in a window too small for them: old results become references, or the last prompt lets the first turns go. */

import { defineScenario, type Scenario } from 'stormproof'
import { researchAgent } from '../../../scenarios/agents/research-agent.ts'
import { library } from '../../../scenarios/backends/library.ts'

type Reader = ReturnType<typeof researchAgent>
type Services = Parameters<typeof researchAgent>[0]

/** Tokens of what the model said and of results, at most. */
export interface Bounds {
  readonly history: number
  readonly toolResults: number
}

const reader = (services: Services, bounds: Bounds): Reader => {
  const agent = researchAgent(services)
  if (!agent.context || !agent.memory) return agent
  const budgets = { ...agent.context.budgets, documents: 4_000, ...bounds }
  return { ...agent, context: { ...agent.context, budgets }, memory: { ...agent.memory, items: 5 } }
}

export const reading = (name: string, bounds: Bounds, change: (agent: Reader) => Reader): Scenario =>
  defineScenario({
    name,
    backends: { library },
    agent: (services) => change(reader(services, bounds)),
    prompt: 'Read six books.',
    model: ({ call, say }) => [
      [call('read', { book: 'Walden' }), call('read', { book: 'Emma' })],
      ...['Ulysses', 'Dracula', 'Kim', 'Persuasion'].map((book) => call('read', { book })),
      call('note', { book: 'Dracula' }),
      say('All read.'),
    ],
  })
