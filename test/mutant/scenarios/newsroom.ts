/** A team that remembers, with its agent changed. */

import { defineScenario, policy, type Scenario } from 'stormproof'
import { newsroom } from '../../../scenarios/agents/newsroom.js'
import { newspaper } from '../../../scenarios/backends/newspaper.js'
import { play } from '../../../scenarios/newsroom.scenario.js'

type Editor = ReturnType<typeof newsroom>

export const newspaperOf = (name: string, change: (agent: Editor) => Editor): Scenario =>
  defineScenario({
    name,
    backends: { newspaper },
    agent: (services) => change(newsroom(services)),
    prompt: 'Make the paper of today.',
    model: policy(play),
  })
