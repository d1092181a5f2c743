/** An editor and two reporters, each with a memory: one story a desk and one paper a day, whatever turns up in anyone's memory. */

import { defineScenario, policy } from 'stormproof'
import { newsroom } from './agents/newsroom.ts'
import { newspaper } from './backends/newspaper.ts'

/** Whom the model plays is in the instructions; what it does follows from the turn. */
export const play: Parameters<typeof policy>[0] = ({ messages, turn }, { call, say }) => {
  const instructions = messages[0]?.text ?? ''
  const desk = /for the (city|sport) desk/.exec(instructions)?.[1]
  if (desk !== undefined) {
    if (turn === 1) return [call('ask', { source: `${desk} hall` })]
    if (turn === 2) return [call('file', { desk, text: `What happened in ${desk}.` })]
    return say(`${desk}: one story`)
  }
  if (turn === 1) return [call('city', { task: 'Report on today' }), call('sport', { task: 'Report on today' })]
  if (turn === 2) return [call('print', { stories: 2 })]
  return say('The paper is printed.')
}

export default defineScenario({
  name: 'newsroom',
  backends: { newspaper },
  agent: newsroom,
  prompt: 'Make the paper of today.',
  model: policy(play),
  always: {
    'a desk files one story': ({ ledger }) =>
      new Set(ledger.newspaper.file.map(({ input }) => input.desk)).size === ledger.newspaper.file.length,
    'a paper is printed once': ({ ledger }) => ledger.newspaper.print.length <= 1,
  },
  // Nobody talks long enough to be cut short.
  faults: { without: ['context/trim'] },
  success: ({ ledger }) => ledger.newspaper.file.length === 2 && ledger.newspaper.print.length === 1,
})
