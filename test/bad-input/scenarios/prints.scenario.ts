/** An agent that prints wherever it can, and refunds again after an error. */

import { writeSync } from 'node:fs'
import { defineScenario } from 'stormproof'
import { refund, shop } from './agents/shop.ts'

async function chatty(): Promise<string> {
  console.log('line 1: starting')
  console.error('line 2: \u001b[31mred\u001b[0m')
  process.stdout.write('line 3: raw\n')
  writeSync(1, 'line 4: descriptor\n')
  await refund('A-7').catch(() => refund('A-7'))
  return 'done'
}

export default defineScenario({
  name: 'prints',
  backends: { shop },
  run: chatty,
  model: () => [],
  always: { 'refunded once': ({ ledger }) => ledger.shop.refund.length <= 1 },
  success: ({ ledger }) => ledger.shop.refund.length > 0,
})
