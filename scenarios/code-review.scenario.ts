/** An orchestrator and two subagents that review one change: each comments once, the decision falls once, whatever goes wrong in any of the three. */

import { defineScenario, policy } from 'stormproof'
import { reviewAgent } from './agents/review-agent.ts'
import { repository } from './backends/repository.ts'

/** Whom the model plays is in the instructions; what it does follows from the turn. */
export const play: Parameters<typeof policy>[0] = ({ messages, turn }, { call, say }) => {
  const instructions = messages[0]?.text ?? ''
  const area = /for (security|style)\./.exec(instructions)?.[1]
  if (area !== undefined) {
    if (turn === 1) return [call('diff', { path: 'key.ts' })]
    if (turn === 2) return [call('comment', { area, text: `seen with an eye for ${area}` })]
    return say(`${area}: one comment`)
  }
  if (turn === 1) return [call('security', { task: 'Review key.ts' }), call('style', { task: 'Review key.ts' })]
  if (turn === 2) return [call('decide', { decision: 'request-changes' })]
  return say('Both have looked; changes are requested.')
}

export default defineScenario({
  name: 'code-review',
  backends: { repository },
  agent: reviewAgent,
  prompt: 'Review the change to key.ts.',
  model: policy(play),
  always: {
    'an area is commented on once': ({ ledger }) =>
      new Set(ledger.repository.comment.map(({ input }) => input.area)).size === ledger.repository.comment.length,
    'a change is decided once': ({ ledger }) => ledger.repository.decide.length <= 1,
  },
  success: ({ ledger }) => ledger.repository.comment.length === 2 && ledger.repository.decide.length === 1,
})
