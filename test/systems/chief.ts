/** A chief who has a change reviewed: her reviewer is a subagent, and has two subagents of its own. */

import { defineScenario, policy } from 'stormproof'
import { defineAgent } from 'stormproof/runtime'
import { reviewAgent } from '../../scenarios/agents/review-agent.js'
import { repository } from '../../scenarios/backends/repository.js'
import { play } from '../../scenarios/code-review.scenario.js'

export default defineScenario({
  name: 'chief',
  backends: { repository },
  agent: (services) =>
    defineAgent({
      name: 'chief',
      instructions: 'You have changes reviewed.',
      tools: [],
      subagents: { review: { agent: reviewAgent(services), description: 'Has a change reviewed' } },
      budget: { tokens: 40_000, outputTokens: 500 },
    }),
  prompt: 'See to the change.',
  model: policy((request, kit, draw) => {
    if (!request.messages[0]?.text.includes('have changes reviewed')) return play(request, kit, draw)
    return request.turn === 1 ? [kit.call('review', { task: 'Review key.ts' })] : kit.say('Reviewed.')
  }),
  success: ({ ledger }) => ledger.repository.comment.length === 2 && ledger.repository.decide.length === 1,
})
