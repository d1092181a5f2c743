/** A ticket desk: what is opened is read back, answered and closed. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { type BackendOptions, place } from './options.js'

export interface Ticket {
  readonly subject: string
  readonly status: 'open' | 'closed'
  readonly replies: readonly string[]
}

/** A map: an id is the model's text, and `constructor` is no ticket. */
type Tickets = Map<string, Ticket>

const opened = (subject: string): Ticket => ({ subject, status: 'open', replies: [] })

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
          const ticketId = `tk_${state.tickets.size + 1}`
          state.tickets.set(ticketId, opened(subject))
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
  all.set(ticketId, change(ticket))
  return { found: true }
}
