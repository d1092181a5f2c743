/** The review of a change by a team, with its agent changed. */

import { defineScenario, policy, type Scenario } from 'stormproof'
import { reviewAgent } from '../../../scenarios/agents/review-agent.js'
import { repository } from '../../../scenarios/backends/repository.js'
import { play } from '../../../scenarios/code-review.scenario.js'

type Reviewer = ReturnType<typeof reviewAgent>

export const reviewed = (name: string, change: (agent: Reviewer) => Reviewer): Scenario =>
  defineScenario({
    name,
    backends: { repository },
    agent: (services) => change(reviewAgent(services)),
    prompt: 'Review the change to key.ts.',
    model: policy(play),
  })
