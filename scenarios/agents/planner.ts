/** Creates a task and assigns it, as one saga. A task that was made in part is in doubt, never done: nothing is built on it. */

import type { Clients } from 'stormproof'
import { defineAgent, defineTool, PartialEffect } from 'stormproof/runtime'
import { z } from 'zod'
import type { board } from '../backends/board.ts'

type Services = Clients<{ board: typeof board }>

export const planner = ({ board }: Services) => {
  const createTask = defineTool({
    name: 'create_task',
    description: 'Create a task with all of these fields',
    effect: 'write',
    input: z.object({ title: z.string(), fields: z.array(z.enum(['title', 'due', 'project'])) }),
    output: z.object({ taskId: z.string(), fields: z.array(z.string()) }),
    execute: async (input, { key, signal }) => {
      const made = await board.create(input, { idempotencyKey: key, signal })
      // A service that remembers the key answers a second time with what it made the first time: whole or not.
      const [done = 0, of] = [made?.fields?.length, input.fields.length]
      if (done !== of) throw new PartialEffect('the task was made in part', { done, of })
      return made
    },
    compensate: ({ title }, { key, signal }) => board.remove({ title }, { idempotencyKey: key, signal }),
  })
  const assignTask = defineTool({
    name: 'assign_task',
    description: 'Assign a task to a user',
    effect: 'write',
    input: z.object({ taskId: z.string(), user: z.string() }),
    output: z.object({ taskId: z.string(), user: z.string() }),
    execute: (input, { key, signal }) => board.assign(input, { idempotencyKey: key, signal }),
    compensate: ({ taskId }, { key, signal }) => board.unassign({ taskId }, { idempotencyKey: key, signal }),
  })
  return defineAgent({
    name: 'planner',
    instructions: 'Create the task, then assign it.',
    tools: [createTask, assignTask],
    limits: { turns: 8 },
    retry: { attempts: 4 },
    saga: true,
  })
}
