/** A refund that two people must approve: they may deny, be late, say it twice or be impersonated, and no money leaves without both. */

import { defineScenario } from 'stormproof'
import { mail, payments } from 'stormproof/backends'
import { refundAgent } from './agents/refund-agent.ts'

export default defineScenario({
  name: 'refund-approval',
  backends: { payments: payments(), mail: mail() },
  agent: refundAgent,
  approvers: { lead: { decides: 'any' }, finance: { decides: 'any', afterMs: 5_000 } },
  prompt:
    'The lamp of order A-7 came broken: refund ch_A-7_1, 4,900 cents, charge 900 for order A-8, and tell ann@shop.example.',
  model: ({ call, say }) => [
    [call('refund', { chargeId: 'ch_A-7_1', cents: 4900 }), call('charge', { orderId: 'A-8', cents: 900 })],
    call('notify', { to: 'ann@shop.example', subject: 'Refunded' }),
    say('Done.'),
  ],
  always: {
    'a charge is refunded once': ({ ledger }) => ledger.payments.refund.length <= 1,
  },
  success: ({ ledger }) => ledger.payments.refund.length === 1 && ledger.mail.send.length === 1,
})
