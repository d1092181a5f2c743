/** An office: documents to read, profiles to change, mails that go out. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const office = defineBackend({
  name: 'office',
  state: () => ({ profiles: new Map<string, string>() }),
  operations: ({ read, write }) => ({
    document: read({
      input: z.object({ documentId: z.string() }),
      consistent: true,
      answer: (_state, { documentId }) => ({ documentId, text: `The text of ${documentId}.` }),
    }),
    setDepartment: write({
      input: z.object({ userId: z.string(), department: z.string() }),
      once: ({ userId }) => userId,
      keyed: true,
      apply: ({ profiles }, { userId, department }) => {
        profiles.set(userId, department)
        return { userId, department }
      },
    }),
    send: write({
      input: z.object({ to: z.email(), subject: z.string() }),
      once: ({ to, subject }) => `${subject} -> ${to}`,
      keyed: true,
      apply: (_state, { to }) => ({ sentTo: to }),
    }),
  }),
})
