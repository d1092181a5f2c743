/** A mail service: what is sent cannot be taken back. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { freshId, Met } from './nonce.js'
import { type BackendOptions, place } from './options.js'

export function mail(
  options: BackendOptions = {},
): Backend<Record<never, never>, { send: Operation<'write', { to: string; subject: string }, { messageId: string }> }> {
  const backend = defineBackend({
    name: 'mail',
    ...place(options),
    state: () => ({ sent: new Met() }),
    operations: ({ write }) => ({
      send: write({
        http: 'POST /messages',
        input: z.object({ to: z.string(), subject: z.string() }),
        once: ({ to, subject }) => `${subject} -> ${to}`,
        keyed: options.keyed ?? true,
        apply: ({ sent }, { to }) => {
          const [mailbox = ''] = to.split('@')
          return { messageId: freshId(sent, 'm', mailbox) }
        },
      }),
    }),
  })
  return backend as never
}
