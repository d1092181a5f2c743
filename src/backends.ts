/** `stormproof/backends`: ready-made services for scenarios. */

export { type Customer, customers } from './sim/backend/customers.js'
export { inventory } from './sim/backend/inventory.js'
export { mail } from './sim/backend/mail.js'
export type { BackendOptions } from './sim/backend/options.js'
export { payments } from './sim/backend/payments.js'
export { type Recorded, type Replay, recordedRead, recordedWrite, replay } from './sim/backend/recorded.js'
export { type Ticket, tickets } from './sim/backend/tickets.js'
