/** `stormproof/backends`: ready-made services for scenarios. */
export { customers } from './sim/backend/customers.js';
export { inventory } from './sim/backend/inventory.js';
export { mail } from './sim/backend/mail.js';
export { payments } from './sim/backend/payments.js';
