/** A mail service: what is sent cannot be taken back. */
import { z } from 'zod';
import { defineBackend } from '../define-backend.js';
import { place } from './options.js';
export function mail(options = {}) {
    const backend = defineBackend({
        name: 'mail',
        ...place(options),
        state: () => ({ sent: {} }),
        operations: ({ write }) => ({
            send: write({
                http: 'POST /messages',
                input: z.object({ to: z.string(), subject: z.string() }),
                once: ({ to, subject }) => `${subject} -> ${to}`,
                keyed: options.keyed ?? true,
                apply: (state, { to }) => {
                    state.sent[to] = (state.sent[to] ?? 0) + 1;
                    return { messageId: `m_${to.split('@')[0]}_${state.sent[to]}` };
                },
            }),
        }),
    });
    return backend;
}
