/** A clerk with three tools, each with its own bounds: reading is free, changing a profile and sending a mail need somebody's word. */

import type { Clients } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'
import type { office } from '../backends/office.ts'

type Services = Clients<{ office: typeof office }>

export const officeAgent = ({ office }: Services) => {
  const fetchDocument = defineTool({
    name: 'fetch_document',
    description: 'Fetch a document by its id',
    effect: 'read',
    rateLimitPerMinute: 60,
    timeoutMs: 10_000,
    input: z.object({ documentId: z.string() }),
    output: z.object({ documentId: z.string(), text: z.string() }),
    execute: (input, { signal }) => office.document(input, { signal }),
  })
  const updateUserProfile = defineTool({
    name: 'update_user_profile',
    description: 'Change the department of a user',
    effect: 'write',
    rateLimitPerMinute: 10,
    timeoutMs: 5_000,
    approval: { approvers: ['admin'] },
    input: z.object({ userId: z.string(), department: z.string() }),
    output: z.object({ userId: z.string(), department: z.string() }),
    execute: (input, { key, signal }) => office.setDepartment(input, { idempotencyKey: key, signal }),
  })
  const sendEmail = defineTool({
    name: 'send_email',
    description: 'Send a mail',
    effect: 'irreversible',
    rateLimitPerMinute: 5,
    timeoutMs: 15_000,
    approval: { approvers: ['manager'] },
    input: z.object({ to: z.email(), subject: z.string() }),
    output: z.object({ sentTo: z.email() }),
    execute: (input, { key, signal }) => office.send(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({
    name: 'office',
    instructions: 'Do what the document says, and tell whom it concerns.',
    tools: [fetchDocument, updateUserProfile, sendEmail],
    limits: { turns: 10 },
    retry: { attempts: 4 },
  })
}
