/** A task is created and then assigned: one that was made in part is nobody's. */

import { defineScenario } from 'stormproof'
import { planner } from './agents/planner.ts'
import { board } from './backends/board.ts'

const fields = ['title', 'due', 'project'] as const

export default defineScenario({
  name: 'tasks',
  backends: { board },
  agent: planner,
  prompt: 'Create the task "inventory", due tomorrow, and give it to ben.',
  model: ({ call, say }) => [
    call('create_task', { title: 'inventory', fields: [...fields] }),
    call('assign_task', (seen) => ({ taskId: seen('create_task').taskId, user: 'ben' })),
    say('It is his.'),
  ],
  always: {
    'nobody is given a task that was made in part': ({ ledger }) =>
      ledger.board.assign.length === 0 ||
      ledger.board.create.every(({ input, compensated }) => compensated || input.fields.length === fields.length),
  },
  success: ({ ledger }) =>
    [...ledger.board.create, ...ledger.board.assign].filter(({ compensated }) => !compensated).length === 2,
})
