/** A ticket desk: what is opened is read back, answered and closed. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { nonceOf } from './nonce.js'
import { type BackendOptions, place } from './options.js'

export interface Ticket {
  readonly subject: string
  readonly status: 'open' | 'closed'
  readonly replies: readonly string[]
  /** Another after each change. */
  readonly etag: string
}

/** A map: an id is the model's text, and `constructor` is no ticket. */
type Tickets = Map<string, Ticket>

/** Tickets by id. An id that nobody opened is read as null, and a write to it changes nothing and answers `found: false`. */
export function tickets(options: BackendOptions = {}): Backend<
  { tickets: Tickets },
  {
    open: Operation<'write', { subject: string }, { ticketId: string }>
    reply: Operation<'write', { ticketId: string; text: string }, { found: boolean }>
    close: Operation<'write', { ticketId: string }, { found: boolean }>
    get: Operation<'read', { ticketId: string }, { ticket: Ticket | null }>
  }
> {
  const keyed = options.keyed ?? true
  const named = z.object({ ticketId: z.string() })
  const backend = defineBackend({
    name: 'tickets',
    ...place(options),
    state: () => ({ tickets: new Map() as Tickets }),
    operations: ({ read, write }) => ({
      open: write({
        http: 'POST /tickets',
        input: z.object({ subject: z.string() }),
        keyed,
        apply: (state, { subject }) => {
          const number = state.tickets.size + 1
          const ticketId = `tk_${number}_${nonceOf('tk', number)}`
          state.tickets.set(ticketId, { subject, status: 'open', replies: [], etag: nonceOf(ticketId, 0) })
          return { ticketId }
        },
      }),
      reply: write({
        http: 'POST /tickets/:ticketId/replies',
        input: named.extend({ text: z.string() }),
        keyed,
        apply: (state, { ticketId, text }) =>
          changed(state.tickets, ticketId, (ticket) => ({ ...ticket, replies: [...ticket.replies, text] })),
      }),
      close: write({
        http: 'POST /tickets/:ticketId/close',
        input: named,
        keyed,
        apply: (state, { ticketId }) => changed(state.tickets, ticketId, (ticket) => ({ ...ticket, status: 'closed' })),
      }),
      get: read({
        http: 'GET /tickets/:ticketId',
        input: named,
        answer: (state, { ticketId }) => ({ ticket: state.tickets.get(ticketId) ?? null }),
      }),
    }),
  })
  return backend as never
}

function changed(all: Tickets, ticketId: string, change: (ticket: Ticket) => Ticket): { found: boolean } {
  const ticket = all.get(ticketId)
  if (ticket === undefined) return { found: false }
  all.set(ticketId, { ...change(ticket), etag: nonceOf(ticketId, ticket.etag) })
  return { found: true }
}
