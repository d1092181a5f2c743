/** A mail service: what is sent cannot be taken back. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { type BackendOptions, place } from './options.js'

export function mail(
  options: BackendOptions = {},
): Backend<Record<never, never>, { send: Operation<'write', { to: string; subject: string }, { messageId: string }> }> {
  const backend = defineBackend({
    name: 'mail',
    ...place(options),
    state: () => ({ sent: {} as Record<string, number> }),
    operations: ({ write }) => ({
      send: write({
        http: 'POST /messages',
        input: z.object({ to: z.string(), subject: z.string() }),
        once: ({ to, subject }) => `${subject} -> ${to}`,
        keyed: options.keyed ?? true,
        apply: (state, { to }) => {
          state.sent[to] = (state.sent[to] ?? 0) + 1
          return { messageId: `m_${to.split('@')[0]}_${state.sent[to]}` }
        },
      }),
    }),
  })
  return backend as never
}
