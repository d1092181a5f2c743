/** Looks an order up, and refunds it twice when the first answer was lost. */

import { cachedOrder } from './session-cache.js'
import { refund } from './shop.ts'

export async function forgetfulAgent(): Promise<string> {
  await cachedOrder('A-7')
  await refund('A-7').catch(() => refund('A-7'))
  return 'done'
}
