/** A task board whose records may be made in part: then fields are missing, and the record is there all the same. */

import { defineBackend } from 'stormproof'
import { ToolFailure } from 'stormproof/runtime'
import { z } from 'zod'

const field = z.enum(['title', 'due', 'project'])

export const board = defineBackend({
  name: 'board',
  state: () => ({ tasks: new Map<string, readonly string[]>() }),
  operations: ({ write }) => ({
    create: write({
      input: z.object({ title: z.string(), fields: z.array(field) }),
      once: ({ title }) => title,
      keyed: true,
      apply: ({ tasks }, { title, fields }) => {
        tasks.set(`task-${title}`, fields)
        return { taskId: `task-${title}`, fields }
      },
    }),
    remove: write({
      input: z.object({ title: z.string() }),
      keyed: true,
      undoes: ({ title }) => ({ operation: 'create', matches: (made: { title: string }) => made.title === title }),
      apply: ({ tasks }, { title }) => ({ removed: tasks.delete(`task-${title}`) }),
    }),
    assign: write({
      input: z.object({ taskId: z.string(), user: z.string() }),
      once: ({ taskId }) => taskId,
      keyed: true,
      apply: ({ tasks }, { taskId, user }) => {
        if (!tasks.has(taskId)) throw new ToolFailure('there is no such task', { retry: 'never' })
        return { taskId, user }
      },
    }),
    unassign: write({
      input: z.object({ taskId: z.string() }),
      keyed: true,
      undoes: ({ taskId }) => ({ operation: 'assign', matches: (made: { taskId: string }) => made.taskId === taskId }),
      apply: (_state, { taskId }) => ({ taskId }),
    }),
  }),
})
