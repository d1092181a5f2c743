/** `stormproof/backends`: ready-made services for scenarios. */

export { type Customer, customers } from './sim/backend/customers.js'
export {
  type Document,
  type DocumentOptions,
  documents,
  type Hit,
  type StoredDocument,
} from './sim/backend/documents.js'
export { type FileOptions, files, type StoredFile } from './sim/backend/files.js'
export { inventory } from './sim/backend/inventory.js'
export { mail } from './sim/backend/mail.js'
export type { BackendOptions } from './sim/backend/options.js'
export { type Order, type OrderLine, orders } from './sim/backend/orders.js'
export type { Page } from './sim/backend/page.js'
export { payments } from './sim/backend/payments.js'
export { type Recorded, type Replay, recordedRead, recordedWrite, replay } from './sim/backend/recorded.js'
export { type Fields, type Resource, type RestOptions, rest } from './sim/backend/rest.js'
export { type Cell, type Row, type StoredRow, table } from './sim/backend/table.js'
export { type Ticket, tickets } from './sim/backend/tickets.js'
